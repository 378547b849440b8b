import type { Measured } from './measured';

/** How a number is written. */
export type NumberForm = 'accuracy' | 'share' | 'hours' | 'ratio' | 'points' | 'number';

/** One number of the paper, and ours beside it. */
export interface PaperCell {
  readonly quoted: number;
  /** Undefined where no run of ours matches. */
  readonly measured?: Measured;
  /** Why no run can match, in a sentence. */
  readonly notBuilt?: string;
}

export interface PaperColumn {
  readonly key: string;
  readonly header: string;
  readonly unit?: string;
  readonly form: NumberForm;
}

export interface PaperRow {
  readonly key: string;
  /** Values of the columns that name the row. */
  readonly names: readonly string[];
  readonly cells: Readonly<Record<string, PaperCell>>;
  /** What can be run for this row. */
  readonly orders: readonly PaperOrder[];
}

/** A training that a cell of the paper is made of. */
export interface PaperOrder {
  readonly label: string;
  /** For `submitRun`. */
  readonly spec: Readonly<Record<string, unknown>>;
  readonly command: string;
}

/** A table of the paper as plain data: a server makes it, a page shows and exports it. */
export interface PaperTable {
  readonly id: string;
  readonly title: string;
  /** What the numbers are, and how ours are measured. */
  readonly note: string;
  /** What follows a training, where a cell needs more than one. */
  readonly then?: string;
  readonly nameColumns: readonly string[];
  readonly columns: readonly PaperColumn[];
  readonly rows: readonly PaperRow[];
}
