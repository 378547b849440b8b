import type { PlacedLayer } from './layers-graph.js';

/** One weight in the manifest of `model.json`. */
export interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32';
}

/** All weights of a model one after the other, cut into files. */
export interface WeightShards {
  readonly entries: readonly WeightEntry[];
  /** By file name, in order; all share one buffer. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Little-endian float32, in the order of the layers; a weight may begin in one file and end in another. */
export function weightShards(layers: readonly PlacedLayer[], shardBytes: number): WeightShards {
  const weights = layers.flatMap((layer) =>
    Object.entries(layer.weights ?? {}).map(([kind, { shape, data }]) => ({
      entry: { name: `${layer.name}/${kind}`, shape, dtype: 'float32' } as const,
      // Typed arrays have the byte order of the machine, which is little-endian wherever this runs.
      bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    })),
  );
  const all = new Uint8Array(weights.reduce((sum, { bytes }) => sum + bytes.length, 0));
  weights.reduce((offset, { bytes }) => {
    all.set(bytes, offset);
    return offset + bytes.length;
  }, 0);
  const count = Math.ceil(all.length / shardBytes);
  const files = Array.from({ length: count }, (_, i): [string, Uint8Array] => [
    `group1-shard${i + 1}of${count}.bin`,
    all.subarray(i * shardBytes, (i + 1) * shardBytes),
  ]);
  return { entries: weights.map(({ entry }) => entry), files: new Map(files) };
}
