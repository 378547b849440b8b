/** What a cell of an exported table holds. */
export type ExportedCell = string | number | boolean | null;

/** A column of an exported table: `name` heads CSV and LaTeX and names the field in JSON. */
export interface ExportedColumn<Row> {
  readonly name: string;
  readonly value: (row: Row) => ExportedCell;
}

export interface ExportedTable<Row> {
  readonly columns: readonly ExportedColumn<Row>[];
  readonly rows: readonly Row[];
}
