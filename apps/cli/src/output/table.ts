/** How the figures of a column read on the screen; a CSV file gets the bare numbers. */
export type ColumnKind = 'text' | 'count' | 'share' | 'number' | 'seconds';

export interface Column {
  /** Name in a CSV file. */
  readonly name: string;
  /** Heading on the screen; the unit is added to it. */
  readonly title: string;
  readonly kind: ColumnKind;
  /** The unit stands elsewhere, e.g. above a matrix whose headings are names. */
  readonly unitElsewhere?: boolean;
}

/** Absent values are `null`: an empty field in CSV, a dash on the screen. */
export type Cell = string | number | null;

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

export function column(name: string, kind: ColumnKind, title = name): Column {
  return { name, title, kind };
}

/** Rows for a CSV writer, the header first. */
export function tableRows({ columns, rows }: Table): readonly (readonly Cell[])[] {
  return [columns.map(({ name }) => name), ...rows];
}

const thousands = new Intl.NumberFormat('en-US');

/** A figure as a person reads it: percent for shares, separated thousands, four digits of other numbers. */
export function formatCell(cell: Cell, kind: ColumnKind): string {
  if (cell === null) return '–';
  if (typeof cell === 'string') return cell;
  if (!Number.isFinite(cell)) return String(cell);
  switch (kind) {
    case 'text':
      return String(cell);
    case 'count':
      return thousands.format(cell);
    case 'share':
      return (100 * cell).toFixed(1);
    case 'seconds':
      return cell.toFixed(3);
    case 'number':
      return formatNumber(cell);
  }
}

/** Four digits that count, in plain notation where that stays short. */
export function formatNumber(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(3);
  return Number.isInteger(value)
    ? String(value)
    : value.toFixed(Math.max(0, 3 - Math.floor(Math.log10(size))));
}
