/** A `[rows, columns]` matrix, row-major, seen as its transpose `[columns, rows]` with the rows rearranged. */
export interface Transposition {
  readonly rows: number;
  readonly columns: number;
  /** Where each row goes among the columns of the transpose; its own place if absent. */
  readonly rowOrder?: Uint32Array;
}

/** Rows and columns moved at a time, so that both sides stay in the processor's cache. */
const TILE = 32;

/** `[rows, columns]` -> `[columns, rows]`. */
export function transpose(from: Float32Array, transposition: Transposition): Float32Array {
  return move(from, transposition, false);
}

/** `[columns, rows]` -> `[rows, columns]`: takes back what `transpose` did. */
export function transposeBack(from: Float32Array, transposition: Transposition): Float32Array {
  return move(from, transposition, true);
}

function move(from: Float32Array, { rows, columns, rowOrder }: Transposition, back: boolean): Float32Array {
  const to = new Float32Array(from.length);
  for (let top = 0; top < rows; top += TILE) {
    const bottom = Math.min(top + TILE, rows);
    for (let left = 0; left < columns; left += TILE) {
      const right = Math.min(left + TILE, columns);
      for (let row = top; row < bottom; row++) {
        const target = rowOrder ? (rowOrder[row] ?? row) : row;
        for (let column = left; column < right; column++) {
          const here = row * columns + column;
          const there = column * rows + target;
          if (back) to[here] = from[there] ?? 0;
          else to[there] = from[here] ?? 0;
        }
      }
    }
  }
  return to;
}
