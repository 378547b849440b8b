import { digestOf } from '@moda/blob-store';
import {
  type ActivationRates,
  encodeActivationRates,
  type ModelManifest,
  type PackageManifest,
  packageDigest,
  serialiseManifest,
  serialisePackage,
  writeSafetensors,
} from '@moda/module-format';
import {
  type Architecture,
  architectureToJson,
  initialise,
  lenet5,
  type Network,
  toNativeLayout,
  trackedLayers,
} from '@moda/nn/graph';

export interface SampleOptions {
  readonly seed?: number;
  readonly architecture?: (options: Parameters<typeof lenet5>[0]) => Architecture;
  readonly input?: Architecture['input'];
  readonly classes?: readonly string[];
  /** Changes to the manifest; `undefined` takes a field away. */
  readonly manifest?: { readonly [Field in keyof ModelManifest]?: ModelManifest[Field] | undefined };
  readonly withRates?: boolean;
  /** Files in place of those made here, or beside them; `undefined` takes one away. */
  readonly files?: Readonly<Record<string, Uint8Array | string | undefined>>;
}

export interface SampleModel {
  readonly network: Network;
  readonly rates: ActivationRates;
  readonly manifest: ModelManifest;
  /** Bytes by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly package: PackageManifest;
  readonly packageText: string;
  readonly digest: string;
}

/** A published model's files, made without training: fresh parameters, and rates from the same seed. */
export function sampleModel(options: SampleOptions = {}): SampleModel {
  const {
    seed = 1,
    architecture: build = lenet5,
    input = { height: 16, width: 16, channels: 1 },
    classes = ['zero', 'one', 'two'],
    withRates = true,
  } = options;
  const architecture = build({ input, classes: classes.length });
  const network = initialise(architecture, seed);
  const rates = sampleRates(architecture, classes.length, seed);
  const manifest = {
    formatVersion: 1,
    kind: 'model',
    name: `sample ${seed}`,
    architecture: architectureToJson(architecture),
    classes: classes.map((name, index) => ({ index, name, sourceLabel: index })),
    dataset: { name: 'digits', normalisation: { mean: [0.1], std: [0.3] } },
    metrics: { accuracy: 0.9, 'accuracy:0': 0.95 },
    license: 'Apache-2.0',
    createdBy: { version: '0.1.0' },
    ...options.manifest,
  } as ModelManifest;
  const files = filesOf({ manifest, network, rates, withRates }, options.files);
  const packageManifest: PackageManifest = {
    formatVersion: 1,
    files: [...files].map(([path, bytes]) => ({ path, digest: digestOf(bytes), sizeBytes: bytes.length })),
  };
  return {
    network,
    rates,
    manifest,
    files,
    package: packageManifest,
    packageText: serialisePackage(packageManifest),
    digest: packageDigest(packageManifest),
  };
}

function filesOf(
  model: { manifest: ModelManifest; network: Network; rates: ActivationRates; withRates: boolean },
  changes: SampleOptions['files'] = {},
): Map<string, Uint8Array> {
  const tensors = [...toNativeLayout(model.network)].map(
    ([name, { shape, data }]) => [name, { dtype: 'F32', shape, data }] as const,
  );
  const made: Record<string, Uint8Array | string | undefined> = {
    'module.json': Object.hasOwn(changes, 'module.json') ? undefined : serialiseManifest(model.manifest),
    'weights.safetensors': writeSafetensors(tensors),
    'rates.safetensors': model.withRates ? encodeActivationRates(model.rates) : undefined,
    ...changes,
  };
  return new Map(
    Object.entries(made).flatMap(([path, content]) =>
      content === undefined ? [] : [[path, Buffer.from(content)] as const],
    ),
  );
}

/** Counts of 100 samples a class; each unit is active nearly always, or rarely. */
export function sampleRates(architecture: Architecture, classes: number, seed: number): ActivationRates {
  let state = seed;
  const chance = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  return {
    samples: new Uint32Array(classes).fill(100),
    layers: trackedLayers(architecture).map(({ name, channels }) => ({
      name,
      units: channels.of,
      counts: Uint32Array.from({ length: classes * channels.of }, () =>
        chance() < 0.4 ? 95 : Math.floor(80 * chance()),
      ),
    })),
  };
}
