import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ValueScan } from './value-scan.js';

const headerBytes = 13;

/** A file of two parameters, the second a variance, with its header. */
function fileOf(first: readonly number[], second: readonly number[]): Uint8Array {
  const values = Buffer.from(Float32Array.from([...first, ...second]).buffer);
  return Buffer.concat([Buffer.alloc(headerBytes, 0xff), values]);
}

function scan(first: readonly number[], second: readonly number[], pieceBytes: readonly number[]): void {
  const file = fileOf(first, second);
  const valueScan = new ValueScan(headerBytes, [
    { parameter: 'bn/mean', end: 4 * first.length, signed: true },
    { parameter: 'bn/variance', end: 4 * (first.length + second.length), signed: false },
  ]);
  let at = 0;
  for (let i = 0; at < file.length; i += 1) {
    const piece = Uint8Array.from(file.subarray(at, (at += pieceBytes[i % pieceBytes.length] ?? 1)));
    valueScan.take(piece);
    // Its maker may use it again.
    piece.fill(0xff);
  }
}

const fine = fc.float({ noNaN: true, noDefaultInfinity: true });
const notNegative = fc.float({ noNaN: true, noDefaultInfinity: true, min: 0 });
const pieces = fc.array(fc.integer({ min: 1, max: 23 }), { minLength: 1 });

describe('looking at each value', () => {
  it('takes whatever is finite, and no variance below zero, in pieces of any size', () => {
    fc.assert(
      fc.property(fc.array(fine), fc.array(notNegative), pieces, (first, second, sizes) =>
        scan(first, [...second, -0, 0], sizes),
      ),
    );
  });

  it('finds the one value that is not, wherever it lies', () => {
    fc.assert(
      fc.property(
        fc.array(fine),
        fc.array(notNegative),
        fc.nat(),
        fc.constantFrom(Number.NaN, Infinity, -Infinity),
        pieces,
        (first, second, place, bad, sizes) => {
          const index = place % (first.length + 1);
          const spoilt = [...first.slice(0, index), bad, ...first.slice(index)];
          expect(() => scan(spoilt, second, sizes)).toThrow(
            `Parameter "bn/mean" is ${bad} at index ${index}, not a finite number; mend weights.safetensors or train the model anew.`,
          );
        },
      ),
    );
  });

  it('tells a variance below zero from a value that may be so', () => {
    fc.assert(
      fc.property(fc.array(fine), fc.array(notNegative), pieces, (first, second, sizes) => {
        expect(() => scan([...first, -0.5], second, sizes)).not.toThrow();
        expect(() => scan(first, [...second, -0.5], sizes)).toThrow(
          `Parameter "bn/variance" is -0.5 at index ${second.length}, but a variance is never negative`,
        );
      }),
    );
  });
});
