import { describe, expect, it } from 'vitest';

import { gathered } from '../testing/whole-model.js';
import { cutWeights, MAX_CHUNK_BYTES } from './cut-weights.js';
import type { CutPlan } from './plan-cut.js';
import { MAX_GAP_BYTES, MAX_PIECE_BYTES, sourcePieces } from './source-pieces.js';
import { type TensorCut, tensorCut } from './tensor-cut.js';

const KIB = 1024;
const [headerBytes, sourceBegin] = [16, 40];

/** The cut of one dense kernel of the whole network's file; of its rows of `columns` values some stay, and maybe some columns. */
function kernelCut(rows: number, columns: number, keptRows?: number[], keptColumns?: number[]): TensorCut {
  const values = (keptRows?.length ?? rows) * (keptColumns?.length ?? columns);
  const place = { name: 'k', begin: headerBytes, end: headerBytes + 4 * values, source: sourceBegin };
  const positions = [keptRows, keptColumns].map((kept) => kept && Int32Array.from(kept));
  return tensorCut(place, [rows, columns], positions);
}

function planOf(tensor: TensorCut): CutPlan {
  const plan = { header: new Uint8Array(headerBytes), tensors: [tensor], weightsBytes: tensor.end };
  return plan as unknown as CutPlan;
}

/** A file that exists only where it is read: every float32 place holds its own number in the tensor. */
function virtualFile() {
  const reads: { start: number; end: number }[] = [];
  let [underWay, mostUnderWay] = [0, 0];
  return {
    reads,
    mostUnderWay: () => mostUnderWay,
    read: async (start: number, end: number) => {
      reads.push({ start, end });
      mostUnderWay = Math.max(mostUnderWay, ++underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay--;
      const values = Int32Array.from({ length: (end - start) / 4 }, (_, i) => (start - sourceBegin) / 4 + i);
      return new Uint8Array(values.buffer);
    },
  };
}

const everyOther = (count: number) => Array.from({ length: count / 2 }, (_, i) => 2 * i);

describe('the reads of a cut', () => {
  it('are one for neighbours and for gaps up to 256 KiB, and apart beyond', () => {
    // A row has 64 KiB.
    const columns = 16 * KIB;
    const spans = (kept: number[]) =>
      [...sourcePieces([kernelCut(20, columns, kept)], { start: 0, end: Infinity })].map(({ start, end }) => [
        (start - sourceBegin) / 4 / columns,
        (end - sourceBegin) / 4 / columns,
      ]);
    expect(MAX_GAP_BYTES).toBe(4 * 64 * KIB);
    expect(spans([0, 1, 2])).toEqual([[0, 3]]);
    expect(spans([3, 8])).toEqual([[3, 9]]);
    expect(spans([3, 9])).toEqual([
      [3, 4],
      [9, 10],
    ]);
  });

  it('are apart where whoever asks finds a smaller gap too much', () => {
    // A row has 16 KiB.
    const columns = 4 * KIB;
    const range = { start: 0, end: Infinity, maxGapBytes: 32 * KIB };
    const spans = (kept: number[]) =>
      [...sourcePieces([kernelCut(20, columns, kept)], range)].map(({ start, end }) => [
        (start - sourceBegin) / 4 / columns,
        (end - sourceBegin) / 4 / columns,
      ]);
    expect(spans([3, 6])).toEqual([[3, 7]]);
    expect(spans([3, 7])).toEqual([
      [3, 4],
      [7, 8],
    ]);
  });

  it('have at most 4 MiB and come one after the other, and what is yielded has at most 1 MiB', async () => {
    const file = virtualFile();
    // 20 MiB, of which every other row and column stays.
    const tensor = kernelCut(1280, 4 * KIB, everyOther(1280), everyOther(4 * KIB));
    const chunks: number[] = [];
    let at = -1;
    for await (const chunk of cutWeights(planOf(tensor), file.read)) {
      chunks.push(chunk.length);
      if (at++ < 0) continue;
      const values = new Int32Array(chunk.buffer);
      const first = at * (MAX_CHUNK_BYTES / 4) - MAX_CHUNK_BYTES / 4;
      const [row, column] = [Math.floor(first / (2 * KIB)), first % (2 * KIB)];
      expect(values[0]).toBe(2 * row * 4 * KIB + 2 * column);
    }
    expect(chunks[0]).toBe(headerBytes);
    expect(Math.max(...chunks)).toBe(MAX_CHUNK_BYTES);
    expect(chunks.reduce((sum, length) => sum + length)).toBe(tensor.end);
    expect(Math.max(...file.reads.map(({ start, end }) => end - start))).toBeLessThanOrEqual(MAX_PIECE_BYTES);
    expect(file.reads).toHaveLength(5);
    expect(file.mostUnderWay()).toBe(1);
  });

  it('leave out rows before and after the range that is asked for', async () => {
    const file = virtualFile();
    const columns = 4 * KIB;
    const tensor = kernelCut(5000, columns, undefined, [7, 9]);
    const [start, end] = [headerBytes + 8 * 4000 + 3, headerBytes + 8 * 4002 + 5];
    const part = await gathered(cutWeights(planOf(tensor), file.read, { start, end }));
    expect(part).toHaveLength(end - start);
    expect(file.reads).toEqual([
      {
        start: sourceBegin + 4 * (4000 * columns + 7),
        end: sourceBegin + 4 * (4002 * columns + 10),
      },
    ]);
    const expected = Int32Array.of(
      ...[4000, 4001, 4002].flatMap((row) => [row * columns + 7, row * columns + 9]),
    );
    expect(part).toEqual(new Uint8Array(expected.buffer).slice(3, 3 + part.length));
  });

  it('take a row that is larger than a piece whole', () => {
    const columns = 2 * MAX_PIECE_BYTES;
    const pieces = [...sourcePieces([kernelCut(2, columns)], { start: 0, end: Infinity })];
    expect(pieces.map(({ start, end }) => end - start)).toEqual([4 * columns, 4 * columns]);
  });

  it('end with the one under way where nobody wants more, even if that one fails', async () => {
    const file = virtualFile();
    const tensor = kernelCut(5000, 4 * KIB);
    const stream = cutWeights(planOf(tensor), async (start, end) => {
      const bytes = await file.read(start, end);
      if (file.reads.length > 1) throw new Error('gone');
      return bytes;
    });
    await stream.next();
    await stream.next();
    await stream.return(undefined);
    expect(file.reads).toHaveLength(2);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(file.reads).toHaveLength(2);
  });

  it('stop in the middle of one that comes in chunks', async () => {
    let [chunks, isClosed] = [0, false];
    const slowly = async function* (start: number, end: number) {
      try {
        for (let at = start; at < end; at += KIB) {
          await new Promise((resolve) => setImmediate(resolve));
          chunks++;
          yield new Uint8Array(KIB);
        }
      } finally {
        isClosed = true;
      }
    };
    const stream = cutWeights(planOf(kernelCut(5000, 4 * KIB)), slowly);
    await stream.next();
    await stream.next();
    await stream.return(undefined);
    // One read was finished, the next had hardly begun.
    expect(isClosed).toBe(true);
    expect(chunks).toBeGreaterThanOrEqual(MAX_PIECE_BYTES / KIB);
    expect(chunks).toBeLessThan((1.5 * MAX_PIECE_BYTES) / KIB);
  });

  it('refuse a tensor that would lose entries of an outer axis', () => {
    const place = { name: 'k', begin: 0, end: 4, source: 0 };
    expect(() => tensorCut(place, [3, 3, 2, 2], [Int32Array.of(0)])).toThrow('tensor k loses entries');
  });
});
