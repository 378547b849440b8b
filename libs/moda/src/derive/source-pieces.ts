import { sourceOfRow, type TensorCut, VALUE_BYTES } from './tensor-cut.js';

/** A range of the whole network's file that is read at once, and what of it goes into the cut. */
export interface SourcePiece {
  /** First byte and the byte after the last. */
  readonly start: number;
  readonly end: number;
  /** In the order of the result. */
  readonly blocks: readonly ValueBlock[];
}

/** Values `from` to `to` of one tensor of the cut. */
export interface ValueBlock {
  readonly tensor: TensorCut;
  readonly from: number;
  readonly to: number;
}

/** What one read asks for at most, unless one row is larger: enough for a disk or a store to be at its best. */
export const MAX_PIECE_BYTES = 4 * 1024 * 1024;

/** Bytes that nobody needs are read as long as that costs less than another request would: of a disk or a store nearby. */
export const MAX_GAP_BYTES = 256 * 1024;

/**
 * The reads that give bytes `start` to `end` of the cut's file, in its order; lazily, row by row. Tensors and rows outside of it are not
 * read, and neither are runs of rows that the cut does not keep.
 *
 * @param tensors in the order of the cut's file
 * @param range what of the cut is wanted; `maxGapBytes` of bytes that nobody needs are read rather than passed over, 256 KiB if left out
 */
export function* sourcePieces(
  tensors: readonly TensorCut[],
  range: { readonly start: number; readonly end: number; readonly maxGapBytes?: number | undefined },
): Generator<SourcePiece, void> {
  const { start, end, maxGapBytes = MAX_GAP_BYTES } = range;
  let open:
    { start: number; end: number; blocks: { tensor: TensorCut; from: number; to: number }[] } | undefined;
  for (const tensor of tensors) {
    if (tensor.end <= start || tensor.begin >= end) continue;
    const { columns, columnCount, sourceColumnCount } = tensor;
    const firstValue = Math.floor((Math.max(start, tensor.begin) - tensor.begin) / VALUE_BYTES);
    const lastValue = Math.ceil((Math.min(end, tensor.end) - tensor.begin) / VALUE_BYTES);
    const [firstColumn, lastColumn] = [columns?.[0] ?? 0, columns?.at(-1) ?? sourceColumnCount - 1];
    for (let row = Math.floor(firstValue / columnCount); row * columnCount < lastValue; row++) {
      const rowAt = sourceOfRow(tensor, row);
      const from = tensor.source + (rowAt + firstColumn) * VALUE_BYTES;
      const to = tensor.source + (rowAt + lastColumn + 1) * VALUE_BYTES;
      if (!open || from < open.end || from - open.end > maxGapBytes || to - open.start > MAX_PIECE_BYTES) {
        if (open) yield open;
        open = { start: from, end: to, blocks: [] };
      }
      open.end = to;
      const block = open.blocks.at(-1);
      const valuesTo = Math.min(lastValue, (row + 1) * columnCount);
      if (block?.tensor === tensor) block.to = valuesTo;
      else open.blocks.push({ tensor, from: Math.max(firstValue, row * columnCount), to: valuesTo });
    }
  }
  if (open) yield open;
}
