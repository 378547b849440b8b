import { type ModelManifest, readSafetensorsHeader } from '@moda/module-format';
import {
  type Architecture,
  architectureToJson,
  compact,
  lenet5,
  mobilenet,
  type Network,
  resnet18,
  vgg16,
} from '@moda/nn/graph';
import fc from 'fast-check';

import type { ActivationRates } from '../decompose/activation-rates.js';
import type { WholeModel } from '../derive/plan-cut.js';
import type { ReadRange } from '../derive/read-piece.js';
import { ratesFor } from './arbitrary-rates.js';
import { narrowed } from './narrow-architecture.js';
import { smallNetworks, withParameters } from './small-networks.js';

/** A digest of nothing in particular. */
export const digestOf = (digit: string) => `sha256:${digit.repeat(64)}`;

export interface PublishedModel {
  readonly whole: WholeModel;
  readonly network: Network;
  readonly rates: ActivationRates;
  /** Its `weights.safetensors`. */
  readonly file: Uint8Array;
}

/** A manifest as training writes it. */
export function manifestFor(architecture: Architecture, classes: number): ModelManifest {
  return {
    formatVersion: 1,
    kind: 'model',
    name: architecture.name,
    license: 'Apache-2.0',
    architecture: architectureToJson(architecture) as ModelManifest['architecture'],
    classes: Array.from({ length: classes }, (_, index) => ({
      index,
      name: `class ${index}`,
      sourceLabel: 2 * index,
    })),
    dataset: { name: 'digits', normalisation: { mean: [0.1], std: [0.3] }, trainSamples: 20 * classes },
    training: { method: 'moda', epochs: 3, alpha: 0.5 },
    metrics: { accuracy: 0.9 },
    device: 'a processor',
    createdBy: { version: '0.0.9' },
    createdAt: '2026-01-02T03:04:05Z',
  };
}

/** A network as somebody might have published it: tensors in any order, the header of any length. */
export function published(network: Network, seed: number, order = seed): PublishedModel {
  const { architecture } = network;
  const rates = ratesFor(architecture, seed);
  const file = weightsFile(network, order);
  const whole: WholeModel = {
    manifest: manifestFor(architecture, rates.samples.length),
    architecture,
    rates,
    weights: readSafetensorsHeader(file),
    digest: digestOf('a'),
    ratesDigest: digestOf('b'),
  };
  return { whole, network, rates, file };
}

/** A valid file of float32 tensors in an order that depends on `order`, its data beginning anywhere. */
function weightsFile({ parameters }: Network, order: number): Uint8Array {
  const rank = (name: string) =>
    Math.imul(
      new TextEncoder().encode(name).reduce((sum, byte) => (sum * 31 + byte) | 0, 7),
      order | 1,
    );
  const tensors = [...parameters].sort(([a], [b]) => rank(a) - rank(b));
  let begin = 0;
  const fields = tensors.map(([name, { shape, data }]) => {
    const offsets = [begin, (begin += data.byteLength)];
    return `${JSON.stringify(name)}:${JSON.stringify({ dtype: 'F32', shape, data_offsets: offsets })}`;
  });
  const json = new TextEncoder().encode(`{${fields.join(',')}}${' '.repeat(Math.abs(order) % 8)}`);
  const file = new Uint8Array(8 + json.length + begin);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  let at = 8 + json.length;
  for (const [, { data }] of tensors) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

const input = { height: 32, width: 32, channels: 3 };
const named = [
  lenet5({ input: { height: 16, width: 18, channels: 1 }, classes: 5 }),
  narrowed(compact({ input: { height: 8, width: 9, channels: 1 }, classes: 4 }), 8),
  narrowed(mobilenet({ input, classes: 5 }), 32),
  narrowed(resnet18({ input, classes: 4 }), 16),
  narrowed(vgg16({ input, classes: 6 }), 64),
];

/** The networks of the study, most of them narrow, and small ones with every block that surgery has a rule for. */
export const publishedModels: fc.Arbitrary<PublishedModel> = fc
  .record({
    network: fc.oneof(
      smallNetworks,
      fc
        .record({ architecture: fc.constantFrom(...named), seed: fc.nat() })
        .map(({ architecture, seed }) => withParameters(architecture, seed)),
    ),
    seed: fc.nat(),
    order: fc.nat(),
  })
  .map(({ network, seed, order }) => published(network, seed, order));

/** Reads from memory, all at once. */
export function readFrom(file: Uint8Array): ReadRange {
  return async (start, end) => file.slice(start, end);
}

/** Reads from memory in chunks of so many bytes, over and over in the same array, as a driver may. */
export function readInChunksFrom(file: Uint8Array, chunkBytes: number): ReadRange {
  return async function* (start, end) {
    const chunk = new Uint8Array(chunkBytes);
    for (let at = start; at < end; at += chunkBytes) {
      const part = file.subarray(at, Math.min(end, at + chunkBytes));
      chunk.set(part);
      yield chunk.subarray(0, part.length);
    }
  };
}

/** All that a stream yields. */
export async function gathered(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
