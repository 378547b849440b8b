'use client';

import { Menu, MenuItem } from '../overlay/menu.js';
import { useToast } from '../overlay/toaster.js';
import { saveFile } from './save-file.js';
import type { ExportedColumn, ExportedTable } from './exported-table.js';
import { toCsv } from './to-csv.js';
import { toJson } from './to-json.js';
import { toLatex } from './to-latex.js';

export interface TableExportProps<Row> {
  /** The name of the file, without an ending: "runs". */
  readonly name: string;
  readonly columns: readonly ExportedColumn<Row>[];
  readonly rows: readonly Row[];
  readonly label?: string;
  readonly align?: 'start' | 'end';
  readonly className?: string;
}

const formats = [
  { label: 'CSV', ending: 'csv', type: 'text/csv', write: toCsv },
  { label: 'JSON', ending: 'json', type: 'application/json', write: toJson },
  { label: 'LaTeX', ending: 'tex', type: 'text/x-tex', write: toLatex },
] as const;

/** Gives a table away: as CSV, JSON or LaTeX, as a file or on the clipboard. */
export function TableExport<Row>(props: TableExportProps<Row>) {
  const { name, columns, rows, label = 'Export', align = 'end', className } = props;
  const toast = useToast();
  const table: ExportedTable<Row> = { columns, rows };
  const copy = (format: string, text: string) => {
    navigator.clipboard.writeText(text).then(
      () => toast({ message: `Copied as ${format}.`, tone: 'good' }),
      () => toast({ message: 'The browser refused to copy; download the file instead.', tone: 'bad' }),
    );
  };
  return (
    <Menu label={label} align={align} small className={className}>
      {formats.map((format) => (
        <MenuItem
          key={format.ending}
          onClick={() => saveFile(`${name}.${format.ending}`, format.type, format.write(table))}
        >
          Download {format.label}
        </MenuItem>
      ))}
      {formats.map((format) => (
        <MenuItem key={format.ending} onClick={() => copy(format.label, format.write(table))}>
          Copy {format.label}
        </MenuItem>
      ))}
    </Menu>
  );
}
