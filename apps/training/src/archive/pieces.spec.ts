import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maxPieces, type Piece, piecesToJoin, sizeOf } from './pieces.js';

function pieces(sizes: readonly number[]): Piece[] {
  let startByte = 0;
  return sizes.map((sizeBytes) => {
    const piece = { startByte, sizeBytes, digest: '', isWhole: false, changedAt: new Date(0) };
    startByte += sizeBytes;
    return piece;
  });
}

it('a file that grows by pieces of any size stays in few, at the price of writing each byte a few times', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 500, maxLength: 1000 });
  fc.assert(
    fc.property(sizes, (added) => {
      let now: number[] = [];
      let writtenBytes = 0;
      for (const size of added) {
        now.push(size);
        const joined = piecesToJoin(pieces(now)).map(({ sizeBytes }) => sizeBytes);
        const sum = joined.reduce((a, b) => a + b, 0);
        if (joined.length > 0) now = [...now.slice(0, now.length - joined.length), sum];
        expect(now.length).toBeLessThanOrEqual(maxPieces);
        writtenBytes += sum;
      }
      expect(sizeOf(pieces(now))).toBe(added.reduce((a, b) => a + b, 0));
      expect(writtenBytes).toBeLessThan(6 * sizeOf(pieces(now)));
    }),
    { numRuns: 30 },
  );
});
