import { canonicalJson } from '../../manifest/json.js';
import { parseManifest, serialiseManifest } from '../../manifest/manifest.js';
import { fullManifest } from '../../manifest/testing.js';
import { parsePackage, serialisePackage } from '../../package/package.js';
import { cutPackage, wholePackage } from '../../package/testing.js';
import type { PackageManifest } from '../../package/schema.js';
import { decodeActivationRates, encodeActivationRates } from '../../rates/activation-rates.js';
import { decodeSampleImages, encodeSampleImages } from '../../samples/sample-images.js';
import { readSafetensorsHeader } from '../../safetensors/header.js';
import { readSafetensors } from '../../safetensors/read.js';
import { writeSafetensors } from '../../safetensors/write.js';
import { blindMutation, dataMutation } from './blind-mutations.js';
import { type Chance, chanceOf } from './chance.js';
import { headerMutation } from './header-mutations.js';
import { jsonMutation, pathMutation } from './json-mutations.js';
import type { FileKind, Mutation } from './mutation.js';
import { contentOf, plainRates, plainSafetensors, plainSamples } from './plain-readings.js';

type Mutate = (bytes: Uint8Array, chance: Chance) => Mutation;

/** Takes the ways in turn, each with its own chance, so that a mutation can be made again by its number. */
const inTurn = (seed: number, file: Uint8Array, ways: readonly Mutate[]) => (mutation: number) =>
  ways[mutation % ways.length]!(file, chanceOf(seed + mutation));

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const utf8 = (written: string) => new TextEncoder().encode(written);

const weights = writeSafetensors(
  [
    [
      'conv1.kernel',
      { dtype: 'F32', shape: [3, 3, 1, 2], data: Float32Array.from({ length: 18 }, (_, i) => i - 9) },
    ],
    ['conv1.bias', { dtype: 'F32', shape: [2], data: Float32Array.of(0.5, -0.5) }],
    [
      'dense.kernel',
      { dtype: 'F16', shape: [4, 2], data: Uint16Array.from({ length: 8 }, (_, i) => 0x3c00 + i) },
    ],
    ['mask', { dtype: 'BOOL', shape: [4], data: Uint8Array.of(1, 0, 1, 1) }],
    ['steps', { dtype: 'I64', shape: [], data: BigInt64Array.of(4711n) }],
    ['none', { dtype: 'F32', shape: [0, 2], data: new Float32Array() }],
  ],
  { format: 'moda' },
);

/** Where the data of a file is up to the tensor `next`, whose bytes not all are sound. */
function numbersOf(file: Uint8Array, next: string): { begin: number; end: number } {
  const { tensors, dataStart } = readSafetensorsHeader(file);
  return { begin: dataStart, end: dataStart + tensors.get(next)!.begin };
}

const weightsKind: FileKind = {
  name: 'weights.safetensors',
  file: weights,
  mutate: inTurn(1, weights, [
    blindMutation,
    headerMutation,
    headerMutation,
    (file, chance) => dataMutation(file, numbersOf(file, 'mask'), chance),
  ]),
  read: (bytes) => {
    const { tensors, metadata } = readSafetensors(bytes);
    const inBytes = [...tensors].map(([name, { dtype, shape, data }]) => {
      return [
        name,
        { dtype, shape, bytes: Buffer.from(data.buffer, data.byteOffset, data.byteLength) },
      ] as const;
    });
    return contentOf(inBytes, metadata);
  },
  readPlainly: plainSafetensors,
};

const rates = encodeActivationRates({
  layers: [
    { name: 'relu1', units: 8, counts: Uint32Array.from({ length: 16 }, (_, i) => 3000 * i) },
    { name: 'relu2', units: 4, counts: Uint32Array.from({ length: 8 }, (_, i) => 7 * i) },
  ],
  samples: Uint32Array.of(50_000, 60_000),
  dataset: 'digits',
});

const ratesKind: FileKind = {
  name: 'rates.safetensors',
  file: rates,
  mutate: inTurn(100_000, rates, [blindMutation, headerMutation]),
  read: (bytes) => {
    const { layers, samples, dataset } = decodeActivationRates(bytes);
    const plain = layers.map(({ name, units, counts }) => ({ name, units, counts: [...counts] }));
    return JSON.stringify({ layers: plain, samples: [...samples], dataset });
  },
  readPlainly: plainRates,
};

const samples = encodeSampleImages({
  ...{ count: 4, height: 8, width: 8, channels: 2 },
  images: Uint8Array.from({ length: 512 }, (_, i) => i % 256),
  labels: Int32Array.of(0, 1, 2, 0),
  logits: Float32Array.from({ length: 12 }, (_, i) => i / 4 - 1),
  classNames: ['cat', 'dog', 'ship'],
  dataset: 'pets',
  normalisation: { mean: [0.5, 0.25], std: [0.25, 0.5] },
  computedBy: { moda: '0.1.0' },
});

const samplesKind: FileKind = {
  name: 'samples.safetensors',
  file: samples,
  mutate: inTurn(500_000, samples, [
    blindMutation,
    headerMutation,
    // Every byte of an image is a pixel.
    (file, chance) => {
      const { tensors, dataStart } = readSafetensorsHeader(file);
      const { begin, end } = tensors.get('images')!;
      return dataMutation(file, { begin: dataStart + begin, end: dataStart + end }, chance);
    },
  ]),
  read: (bytes) => {
    const { images, labels, logits, count, height, width, channels, ...rest } = decodeSampleImages(bytes);
    return JSON.stringify({
      shape: [count, height, width, channels],
      images: [...images],
      labels: [...labels],
      logits: [...logits].map(String),
      classNames: rest.classNames,
      dataset: rest.dataset,
      normalisation: rest.normalisation,
      computedBy: rest.computedBy,
    });
  },
  readPlainly: plainSamples,
};

const manifest = utf8(serialiseManifest(fullManifest));

const manifestKind: FileKind = {
  name: 'module.json',
  file: manifest,
  mutate: inTurn(200_000, manifest, [blindMutation, jsonMutation]),
  read: (bytes) => serialiseManifest(parseManifest(text(bytes))),
  readPlainly: (bytes) => canonicalJson(JSON.parse(text(bytes))),
};

function packageKind(name: string, seed: number, content: PackageManifest): FileKind {
  const file = utf8(serialisePackage(content));
  return {
    name,
    file,
    mutate: inTurn(seed, file, [blindMutation, jsonMutation, jsonMutation, pathMutation]),
    read: (bytes) => serialisePackage(parsePackage(text(bytes))),
    // Of a package, the text itself is the content: its digest names it.
    readPlainly: text,
  };
}

export const fileKinds: readonly FileKind[] = [
  weightsKind,
  ratesKind,
  samplesKind,
  manifestKind,
  packageKind('package manifest', 300_000, wholePackage),
  packageKind('package manifest of a cut', 400_000, cutPackage),
];
