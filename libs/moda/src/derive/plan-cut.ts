import { ModaError } from '@moda/contracts';
import {
  canonicalJson,
  type Derivation,
  derivationDigest,
  type ModelManifest,
  type SafetensorsHeader,
} from '@moda/module-format';
import { type Architecture, inferShapes } from '@moda/nn/graph';

import { ascending } from '../compose/ascending.js';
import { cutWithShapes } from '../compose/cut-architecture.js';
import { parameterCuts } from '../compose/parameter-cuts.js';
import { unionMasks } from '../compose/union-masks.js';
import type { ActivationRates } from '../decompose/activation-rates.js';
import { checkRates } from '../decompose/check-rates.js';
import { masksAt } from '../decompose/masks.js';
import { checkWeights } from './check-weights.js';
import { deriveManifest } from './derive-manifest.js';
import { networkSize, weightsHeader } from './network-size.js';
import { type TensorCut, tensorCut } from './tensor-cut.js';

/** A published model that can be cut: what is known of it without reading its weights. */
export interface WholeModel {
  readonly manifest: ModelManifest;
  /** Parsed from the manifest. */
  readonly architecture: Architecture;
  readonly rates: ActivationRates;
  /** Header of its `weights.safetensors`: float32 in native layout, tensors in any order. */
  readonly weights: SafetensorsHeader;
  /** `sha256:…` of its package. */
  readonly digest: string;
  /** `sha256:…` of its `rates.safetensors`. */
  readonly ratesDigest: string;
}

export interface CutChoice {
  /** Output positions of the model, at least one, in any order. */
  readonly classes: readonly number[];
  /** Share of a class's samples for which a unit must be active to be kept, 0..1. */
  readonly tau: number;
}

/** All of a module or composition but the values of its weights. */
export interface CutPlan {
  readonly derivation: Derivation;
  readonly derivationDigest: string;
  readonly manifest: ModelManifest;
  /** The text of its `module.json`. */
  readonly manifestText: string;
  readonly architecture: Architecture;
  /** Trainable values. */
  readonly parameters: number;
  /** Multiply-adds for one image. */
  readonly flops: number;
  /** Bytes of its `weights.safetensors`. */
  readonly weightsBytes: number;
  /** The beginning of its `weights.safetensors`, up to the first value. */
  readonly header: Uint8Array;
  /** Where the values come from, in the order of its file. */
  readonly tensors: readonly TensorCut[];
}

/**
 * What cutting the module of one class, or the composition of several, will give; no weight is read. The same model, classes and tau
 * give the same plan, and so the same files.
 *
 * @throws ModaError USAGE (no class, tau not in 0..1), CLASS_UNKNOWN, RATES_INVALID, PARAMETER_MISMATCH where the weights are not those of
 *   the architecture, MODEL_INVALID where the model is itself cut or names another number of classes, and as `cutArchitecture`
 */
export function planCut(whole: WholeModel, { classes: chosen, tau }: CutChoice): CutPlan {
  const { manifest: parent, architecture: wholeArchitecture, rates, digest } = whole;
  const wholeShapes = inferShapes(wholeArchitecture);
  checkRates(wholeArchitecture, wholeShapes, rates);
  checkClassCount(parent, rates.samples.length);
  checkWeights(wholeArchitecture, wholeShapes, whole.weights);

  const classes = [...ascending(chosen)];
  const kept = unionMasks(masksAt(rates, tau), classes);
  const { architecture, shapes } = cutWithShapes(wholeArchitecture, { kept, classes }, wholeShapes);
  const manifest = deriveManifest(parent, { architecture, classes, tau, parentDigest: digest });
  const derivation: Derivation = { method: 'cut/1', parent: digest, rates: whole.ratesDigest, classes, tau };

  const cuts = new Map(
    parameterCuts({ architecture: wholeArchitecture, shapes: wholeShapes }, { architecture, shapes }).map(
      (cut) => [cut.spec.name, cut],
    ),
  );
  const { header, order } = weightsHeader([...cuts.values()].map(({ spec }) => spec));
  const tensors = order.map(({ name, begin, end }) => {
    const entry = whole.weights.tensors.get(name);
    const cut = cuts.get(name);
    if (!entry || !cut) throw new Error(`no tensor ${name}`);
    const place = {
      name,
      begin: header.length + begin,
      end: header.length + end,
      source: whole.weights.dataStart + entry.begin,
    };
    return tensorCut(place, entry.shape, cut.kept);
  });
  return {
    derivation,
    derivationDigest: derivationDigest(derivation),
    manifest,
    manifestText: canonicalJson(manifest),
    architecture,
    ...networkSize(architecture, shapes),
    header,
    tensors,
  };
}

function checkClassCount({ classes }: ModelManifest, outputs: number): void {
  if (classes.length === outputs) return;
  throw new ModaError(
    'MODEL_INVALID',
    `The model names ${classes.length} classes, but its network has ${outputs} outputs.`,
  );
}
