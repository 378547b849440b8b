import {
  encodeActivationRates,
  type PackageManifest,
  renderModelCard,
  serialiseManifest,
  sha256,
  writeSafetensors,
} from '@moda/module-format';
import {
  type Architecture,
  architectureToJson,
  buildArchitecture,
  countFlops,
  countParameters,
  initialise,
  parseArchitecture,
  toNativeLayout,
  trackedLayers,
} from '@moda/nn/graph';

/** A package as its publisher holds it: the manifest and the bytes of its files by path. */
export interface SyntheticModel {
  readonly package: PackageManifest;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

export interface SyntheticOptions {
  /** Other seeds, other weights and rates. */
  readonly seed: number;
  readonly classes?: number;
  /** A network of some hundred parameters unless one is named. */
  readonly architecture?: string;
}

const samplesPerClass = 1000;

/** A decomposed model that nobody trained: its weights are fresh and its activation counts come from the seed. */
export function syntheticModel({ seed, classes = 4, architecture: name }: SyntheticOptions): SyntheticModel {
  const architecture = name === undefined ? tinyArchitecture(classes) : namedArchitecture(name, classes);
  const network = initialise(architecture, seed);
  const manifest = {
    formatVersion: 1 as const,
    kind: 'model' as const,
    name: `synthetic-${seed}`,
    license: 'MIT',
    architecture: architectureToJson(architecture) as never,
    classes: Array.from({ length: classes }, (_, index) => ({
      index,
      name: `class ${index}`,
      sourceLabel: index,
    })),
    dataset: {
      name: 'synthetic',
      normalisation: {
        mean: Array.from({ length: architecture.input.channels }, () => 0.5),
        std: Array.from({ length: architecture.input.channels }, () => 0.25),
      },
    },
    metrics: { accuracy: 0.9 },
    createdBy: { version: '0.1.0' },
  };
  const text = new TextEncoder();
  const files = new Map<string, Uint8Array>([
    ['module.json', text.encode(serialiseManifest(manifest))],
    [
      'README.md',
      text.encode(
        renderModelCard(manifest, {
          parameters: countParameters(architecture),
          flops: countFlops(architecture),
        }),
      ),
    ],
    ['rates.safetensors', encodeActivationRates(rates(architecture, classes, seed))],
    [
      'weights.safetensors',
      writeSafetensors(
        [...toNativeLayout(network)].map(([key, { shape, data }]) => [key, { dtype: 'F32', shape, data }]),
      ),
    ],
  ]);
  const listed = [...files].map(([path, bytes]) => ({
    path,
    digest: sha256(bytes),
    sizeBytes: bytes.length,
  }));
  listed.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { package: { formatVersion: 1, files: listed }, files };
}

function namedArchitecture(name: string, classes: number): Architecture {
  return buildArchitecture(name, { classes, input: { height: 32, width: 32, channels: 3 } });
}

function tinyArchitecture(classes: number): Architecture {
  return parseArchitecture({
    name: 'tiny',
    input: { height: 6, width: 6, channels: 1 },
    operators: [
      { op: 'conv', name: 'conv', channels: 8, size: 3 },
      { op: 'relu', name: 'relu' },
      { op: 'flatten', name: 'flatten' },
      { op: 'dense', name: 'dense', channels: classes },
    ],
  });
}

/** About a tenth of the units of each layer belong to a class, as in a modular network. */
function rates(architecture: Architecture, classes: number, seed: number) {
  const layers = trackedLayers(architecture).map(({ name, channels: { of } }, layer) => ({
    name,
    units: of,
    counts: Uint32Array.from({ length: classes * of }, (_, i) => {
      const mixed = Math.imul(i + 1, 2_654_435_761) ^ Math.imul(seed + layer * 97 + 1, 40_503);
      return (mixed >>> 8) % 10 === 0 ? samplesPerClass : (mixed >>> 4) % 500;
    }),
  }));
  return { layers, samples: new Uint32Array(classes).fill(samplesPerClass), dataset: 'synthetic' };
}
