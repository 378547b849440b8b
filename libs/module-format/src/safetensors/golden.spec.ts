import { describe, expect, it } from 'vitest';
import { sha256 } from '../package/sha256.js';
import type { SafeTensor } from './dtype.js';
import { writeSafetensors } from './write.js';

/** A small network with an odd element type beside it, in an order that is not the file's. */
const tensors: [string, SafeTensor][] = [
  ['steps', { dtype: 'I64', shape: [], data: BigInt64Array.of(7n) }],
  ['mask', { dtype: 'BOOL', shape: [3], data: Uint8Array.of(1, 0, 1) }],
  ...[10, 9, 1].map((layer): [string, SafeTensor] => [
    `layers.${layer}.kernel`,
    {
      dtype: 'F32',
      shape: [3, 3, layer, 2],
      data: Float32Array.from({ length: 18 * layer }, (_, i) => i / 8),
    },
  ]),
  ['counts', { dtype: 'U16', shape: [2, 2], data: Uint16Array.of(0, 1, 65535, 256) }],
  ['leer ß', { dtype: 'F16', shape: [0, 5], data: new Uint16Array() }],
];

describe('the bytes of a file', () => {
  it('are the same as ever: digests of published packages depend on them', () => {
    // Written when these bytes were first fixed (float32, little-endian, SHA-256); they never change.
    expect(sha256(writeSafetensors(tensors, { format: 'moda', note: 'ü' }))).toBe(
      'sha256:e343f5707c9cf5f5f9f3b809ba2907aa3fc768044329e93e2d756249c68195f4',
    );
    expect(sha256(writeSafetensors(tensors))).toBe(
      'sha256:19d94756f6dcf8723d3200c3a676866bc19b3565785059da9eb0103d507446e9',
    );
    expect(sha256(writeSafetensors([]))).toBe(
      'sha256:9bbcbf73561f6bc5d0a17ea6a2081feed2d1304e87602d8c502d9a5c4bd85576',
    );
  });
});
