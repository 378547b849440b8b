export interface PageRequest {
  /** 1..100. */
  readonly first: number;
  /** Opaque, as a page gave it. */
  readonly after?: string;
}

export interface Page<T> {
  readonly items: readonly { readonly item: T; readonly cursor: string }[];
  readonly hasNext: boolean;
  /** How many there are; an estimate above 10,000. */
  readonly totalEstimate: number;
}

/** A page of rows, of which there is one more where the list goes on. */
export function pageOf<Row, T>(
  rows: readonly Row[],
  { first }: PageRequest,
  totalEstimate: number,
  toItem: (row: Row) => { readonly item: T; readonly cursor: string },
): Page<T> {
  return { items: rows.slice(0, first).map(toItem), hasNext: rows.length > first, totalEstimate };
}
