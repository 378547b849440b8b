import { ModaError } from '@moda/contracts';

import type { CutPlan } from './plan-cut.js';
import { readPiece, type ReadRange } from './read-piece.js';
import { MAX_PIECE_BYTES, type SourcePiece, sourcePieces } from './source-pieces.js';
import { copyValues, VALUE_BYTES } from './tensor-cut.js';

/** What is yielded at once, at most: 1 MiB. */
export const MAX_CHUNK_BYTES = 1024 * 1024;

/**
 * The bytes of the cut's `weights.safetensors`, or bytes `start` to `end` (exclusive) of them, cut from the parent's file while they are
 * asked for: equal to those that `writeSafetensors` makes of the network from `cutNetwork`. The header comes first, at once.
 *
 * Memory: one piece of the parent that is being cut, one that is being read meanwhile, each of `MAX_PIECE_BYTES` (or one row of
 * a kernel, where that is larger), and one chunk of `MAX_CHUNK_BYTES`, so 9 MiB beside the plan and what `read` itself
 * holds. Chunks are the caller's. Whoever stops early waits for the read under way and then causes no other.
 *
 * @param range of the cut, all of it if left out; gaps of up to `maxGapBytes` in the parent are read over (256 KiB)
 * @throws ModaError BLOB_RANGE_INVALID at once, BLOB_DAMAGED where the parent's file is shorter than its header said; whatever
 *   `read` throws
 */
export function cutWeights(
  plan: CutPlan,
  read: ReadRange,
  range: { readonly start?: number; readonly end?: number; readonly maxGapBytes?: number } = {},
): AsyncGenerator<Uint8Array> {
  const { start = 0, end = plan.weightsBytes, maxGapBytes } = range;
  const isRange = [start, end].every(Number.isSafeInteger) && 0 <= start && start <= end;
  if (!isRange || end > plan.weightsBytes) {
    throw new ModaError(
      'BLOB_RANGE_INVALID',
      `Bytes ${start} to ${end} are asked for of weights of ${plan.weightsBytes} bytes; ask for a range within them.`,
      { start, end, sizeBytes: plan.weightsBytes },
    );
  }
  return headerAndValues(plan, read, { start, end, maxGapBytes });
}

async function* headerAndValues(
  { header, tensors }: CutPlan,
  read: ReadRange,
  { start, end, maxGapBytes }: { start: number; end: number; maxGapBytes: number | undefined },
): AsyncGenerator<Uint8Array> {
  if (start < end && start < header.length) yield header.slice(start, end);
  const from = Math.max(start, header.length);
  // Values begin at multiples of their size, ranges need not: the first and the last chunk are trimmed.
  let position = from - (from % VALUE_BYTES);
  if (from >= end) return;
  let [chunk, filled] = [nextChunk(position, end), 0];
  for await (const { piece, bytes } of readAhead(
    sourcePieces(tensors, { start: from, end, maxGapBytes }),
    read,
  )) {
    const values = new Int32Array(bytes.buffer, 0, bytes.length / VALUE_BYTES);
    for (const { tensor, from: first, to } of piece.blocks) {
      const source = { values, start: (piece.start - tensor.source) / VALUE_BYTES };
      for (let value = first; value < to;) {
        const count = Math.min(to - value, chunk.length - filled);
        copyValues(tensor, [value, value + count], source, chunk, filled);
        value += count;
        filled += count;
        if (filled < chunk.length) continue;
        yield trimmed(chunk, position, from, end);
        position += chunk.byteLength;
        [chunk, filled] = [nextChunk(position, end), 0];
      }
    }
  }
}

function nextChunk(position: number, end: number): Int32Array {
  const bytesLeft = Math.max(0, end - position);
  return new Int32Array(Math.ceil(Math.min(bytesLeft, MAX_CHUNK_BYTES) / VALUE_BYTES));
}

function trimmed(chunk: Int32Array, position: number, from: number, end: number): Uint8Array {
  return new Uint8Array(chunk.buffer).subarray(Math.max(0, from - position), end - position);
}

/** The pieces with their bytes; while one is used, the next is read. The bytes are valid until the next piece is asked for. */
async function* readAhead(
  pieces: Iterator<SourcePiece, void>,
  read: ReadRange,
): AsyncGenerator<{ piece: SourcePiece; bytes: Uint8Array<ArrayBuffer> }> {
  let isStopped = false;
  const buffers: [ArrayBuffer, ArrayBuffer] = [new ArrayBuffer(0), new ArrayBuffer(0)];
  const begin = (turn: 0 | 1) => {
    const { value: piece, done } = pieces.next();
    if (done) return undefined;
    const size = piece.end - piece.start;
    // Small cuts of small networks need no large buffer; from the first large piece on it serves for all.
    if (buffers[turn].byteLength < size)
      buffers[turn] = new ArrayBuffer(size > MAX_PIECE_BYTES / 4 ? Math.max(size, MAX_PIECE_BYTES) : size);
    const bytes = new Uint8Array(buffers[turn], 0, size);
    const whenRead = readPiece(read, piece.start, bytes, () => isStopped);
    // Awaited below; until then a failure is not yet news.
    whenRead.catch(() => undefined);
    return { piece, bytes, whenRead };
  };
  let turn: 0 | 1 = 0;
  let next = begin(turn);
  try {
    while (next) {
      const { piece, bytes, whenRead } = next;
      await whenRead;
      turn = turn === 0 ? 1 : 0;
      next = begin(turn);
      yield { piece, bytes };
    }
  } finally {
    isStopped = true;
    await next?.whenRead.catch(() => undefined);
  }
}
