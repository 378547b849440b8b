/**
 * One tensor of a cut network's weights as a selection of the whole network's tensor, both row-major float32: of every block of
 * rows some rows, of every row some columns. A convolution `[kh, kw, in, out]` has kh kw blocks of `in` rows, a dense kernel
 * `[in, out]` one block; a vector is one row.
 */
export interface TensorCut {
  readonly name: string;
  /** First byte and the byte after the last in the file of the cut, header included. */
  readonly begin: number;
  readonly end: number;
  /** First byte in the file of the whole network. */
  readonly source: number;
  /** Rows of a block that stay, ascending; undefined where all do. */
  readonly rows: Int32Array | undefined;
  /** Rows of a block, in the cut and in the whole. */
  readonly rowCount: number;
  readonly sourceRowCount: number;
  /** Columns that stay, ascending; undefined where all do. */
  readonly columns: Int32Array | undefined;
  readonly columnCount: number;
  readonly sourceColumnCount: number;
}

/** Bytes of a float32 value. */
export const VALUE_BYTES = 4;

/**
 * The selection from positions kept per axis.
 *
 * @param shape of the whole network's tensor
 * @param kept as in `ParameterCut`; only the last two axes that are longer than 1 may lose anything
 */
export function tensorCut(
  place: Pick<TensorCut, 'name' | 'begin' | 'end' | 'source'>,
  shape: readonly number[],
  kept: readonly (Int32Array | undefined)[],
): TensorCut {
  // A depthwise kernel [kh, kw, channel, 1] is rows of channels, not of single values.
  let last = shape.length - 1;
  while (last > 0 && shape[last] === 1 && kept[last] === undefined) last--;
  if (kept.slice(0, Math.max(0, last - 1)).some((positions) => positions !== undefined)) {
    throw new RangeError(`tensor ${place.name} loses entries of an outer axis`);
  }
  const [rows, columns] = [last > 0 ? kept[last - 1] : undefined, kept[last]];
  const [sourceRowCount, sourceColumnCount] = [last > 0 ? (shape[last - 1] ?? 1) : 1, shape[last] ?? 1];
  return {
    ...place,
    rows,
    rowCount: rows?.length ?? sourceRowCount,
    sourceRowCount,
    columns,
    columnCount: columns?.length ?? sourceColumnCount,
    sourceColumnCount,
  };
}

/** First value in the whole network's tensor of the row that becomes row `row` of the cut. */
export function sourceOfRow(tensor: TensorCut, row: number): number {
  const { rows, rowCount, sourceRowCount, sourceColumnCount } = tensor;
  if (!rows) return row * sourceColumnCount;
  const block = Math.floor(row / rowCount);
  return (block * sourceRowCount + (rows[row - block * rowCount] ?? 0)) * sourceColumnCount;
}

/**
 * Copies values `from` to `to` of the cut tensor into `target` at `at`.
 *
 * @param piece values of the whole network's tensor, of which the first is value `pieceStart`; holds all that is needed
 */
export function copyValues(
  tensor: TensorCut,
  [from, to]: readonly [number, number],
  piece: { readonly values: Int32Array; readonly start: number },
  target: Int32Array,
  at: number,
): void {
  const { rows, columns, columnCount } = tensor;
  for (let value = from; value < to;) {
    const row = Math.floor(value / columnCount);
    const column = value - row * columnCount;
    const base = sourceOfRow(tensor, row) - piece.start;
    // Where nothing is left out, what is asked for lies there as one run.
    const count = rows || columns ? Math.min(columnCount - column, to - value) : to - value;
    if (columns) {
      for (let i = 0; i < count; i++) {
        target[at + i] = piece.values[base + (columns[column + i] as number)] as number;
      }
    } else {
      target.set(piece.values.subarray(base + column, base + column + count), at);
    }
    value += count;
    at += count;
  }
}
