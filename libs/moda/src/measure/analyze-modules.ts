import {
  countFlops,
  countFlopsPerLayer,
  countParameters,
  countState,
  inferShapes,
  type Network,
  type ShapesByName,
} from '@moda/nn/graph';

import { cutWithShapes } from '../compose/cut-architecture.js';
import type { ActivationRates } from '../decompose/activation-rates.js';
import { type FloorHit, type Masks, masksAt } from '../decompose/masks.js';
import { jaccard, type LayerAnalysis, layerAnalyses } from './layer-overlap.js';
import { meanOf, pairMean, pairwise } from './pairwise.js';
import { parameterExtent, sharedParameters } from './shared-parameters.js';

/** Modules of a network at one threshold, and what they have in common. Plain data; shares are of the whole model, 0..1. */
export interface ModuleAnalysis {
  readonly tau: number;
  readonly model: {
    /** Trainable values. */
    readonly parameters: number;
    /** Trainable values and running statistics. */
    readonly state: number;
    /** Multiply-adds for one image. */
    readonly flops: number;
  };
  /** Tracked layers in forward order. */
  readonly layers: readonly LayerAnalysis[];
  /** By class. */
  readonly modules: readonly ModuleSize[];
  /**
   * Between the modules of class i and class j, at `[i][j]`; on the diagonal a module with itself.
   */
  readonly pairs: {
    /** Trainable values that both have / trainable values of the model. */
    readonly overlap: readonly (readonly number[])[];
    /** The same with running statistics among the values that both have, as the method's authors count. */
    readonly stateOverlap: readonly (readonly number[])[];
    /** Trainable values that both have / trainable values that either has. */
    readonly jaccard: readonly (readonly number[])[];
  };
  /** Mean over modules. */
  readonly meanShare: number;
  readonly meanFlopsShare: number;
  /** Means over pairs of different modules; 0 where there is only one. */
  readonly meanOverlap: number;
  readonly meanStateOverlap: number;
  readonly meanJaccard: number;
  readonly floorHits: readonly FloorHit[];
}

export interface ModuleSize {
  readonly class: number;
  /** Kept units by tracked layer. */
  readonly kept: readonly (readonly number[])[];
  readonly parameters: number;
  /** Trainable values of the module / of the model. */
  readonly share: number;
  readonly flops: number;
  readonly flopsShare: number;
}

/**
 * Sizes, overlaps and floor hits of the modules of every class, from channel sets alone: no parameter is read or copied.
 *
 * @throws ModaError as `masksAt` and `cutArchitecture` do
 */
export function analyzeModules(
  { architecture }: Pick<Network, 'architecture'>,
  rates: ActivationRates,
  tau: number,
): ModuleAnalysis {
  const masks = masksAt(rates, tau);
  const model = {
    parameters: countParameters(architecture),
    state: countState(architecture),
    flops: countFlops(architecture),
  };
  const wholeShapes = inferShapes(architecture);
  const cuts = masks.kept.map((kept, label) =>
    cutWithShapes(architecture, { kept, classes: [label] }, wholeShapes),
  );
  const extents = cuts.map((cut) => parameterExtent(cut.architecture, cut.shapes));
  const shared = pairwise(extents, sharedParameters);
  // A module shares with itself all that it has.
  const modules = cuts.map((cut, label) =>
    moduleSize(cut, label, shared[label]?.[label]?.trainable ?? 0, masks, model),
  );
  const overlap = shared.map((row) => row.map(({ trainable }) => trainable / model.parameters));
  const stateOverlap = shared.map((row) => row.map(({ state }) => state / model.parameters));
  const jaccards = shared.map((row, i) =>
    row.map(({ trainable }, j) =>
      jaccard(trainable, modules[i]?.parameters ?? 0, modules[j]?.parameters ?? 0),
    ),
  );
  return {
    tau,
    model,
    layers: layerAnalyses(masks),
    modules,
    pairs: { overlap, stateOverlap, jaccard: jaccards },
    meanShare: meanOf(modules.map(({ share }) => share)),
    meanFlopsShare: meanOf(modules.map(({ flopsShare }) => flopsShare)),
    meanOverlap: pairMean(overlap),
    meanStateOverlap: pairMean(stateOverlap),
    meanJaccard: pairMean(jaccards),
    floorHits: masks.floorHits,
  };
}

function moduleSize(
  { architecture, shapes }: Pick<Network, 'architecture'> & { readonly shapes: ShapesByName },
  label: number,
  parameters: number,
  masks: Masks,
  model: ModuleAnalysis['model'],
): ModuleSize {
  const flops = countFlopsPerLayer(architecture, shapes).reduce((sum, layer) => sum + layer.flops, 0);
  return {
    class: label,
    kept: masks.kept[label] ?? [],
    parameters,
    share: parameters / model.parameters,
    flops,
    flopsShare: flops / model.flops,
  };
}
