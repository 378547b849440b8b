'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '../controls/button.js';
import { DataTable } from '../table/data-table.js';
import type { ExportedCell } from '../table/exported-table.js';
import { saveFile } from '../table/save-file.js';
import { TableExport } from '../table/table-export.js';
import { VirtualTable } from '../table/virtual-table.js';
import type { ChartFrameProps } from './chart-props.js';

/** The same data as the drawing, as a table. */
export interface ChartNumbers {
  readonly columns: readonly {
    readonly name: string;
    readonly format?: (value: number) => string;
  }[];
  readonly rows: readonly (readonly ExportedCell[])[];
}

interface Props extends ChartFrameProps {
  /** Called when the numbers are opened, and whenever they change after that. */
  readonly numbers: () => ChartNumbers;
  /** Called when the drawing is to be kept: a whole SVG file. Null while there is nothing drawn. */
  readonly svg: () => string | null;
  readonly children: ReactNode;
}

/** More rows than this are drawn only where they are in sight. */
const mostPlainRows = 60;

/** Title, drawing, the numbers as a table, and the drawing as a file: what every chart has. */
export function ChartFrame({ title, level = 3, className = '', numbers, svg, children }: Props) {
  const [open, setOpen] = useState(false);
  const Heading = `h${level}` as const;
  return (
    <figure className={`m-chart ${className}`}>
      <figcaption className="m-chart__head">
        <Heading className="m-chart__title">{title}</Heading>
        <Button
          small
          kind="quiet"
          aria-label={`Download as SVG: ${title}`}
          onClick={() => {
            const file = svg();
            if (file !== null) saveFile(`${fileName(title)}.svg`, 'image/svg+xml', file);
          }}
        >
          SVG
        </Button>
      </figcaption>
      {children}
      <details className="m-numbers" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          Numbers<span className="m-visually-hidden">: {title}</span>
        </summary>
        {open && <NumbersTable title={title} numbers={numbers()} />}
      </details>
    </figure>
  );
}

interface NumberedRow {
  readonly key: string;
  readonly cells: readonly ExportedCell[];
}

function NumbersTable({ title, numbers }: { readonly title: string; readonly numbers: ChartNumbers }) {
  const rows = numbers.rows.map((cells, row): NumberedRow => ({ key: String(row), cells }));
  const columns = numbers.columns.map(({ name, format }, place) => ({
    key: String(place),
    header: name,
    align: numbers.rows.some((cells) => typeof cells[place] === 'number')
      ? ('end' as const)
      : ('start' as const),
    // About as wide as its name, in bold.
    width: `${Math.min(20, Math.max(8, name.length * 0.55 + 2))}rem`,
    cell: ({ cells }: NumberedRow) => shown(cells[place], format),
  }));
  const exported = numbers.columns.map(({ name }, place) => ({
    name,
    value: ({ cells }: NumberedRow) => cells[place] ?? null,
  }));
  return (
    <div className="m-numbers__body">
      <div className="m-row">
        <TableExport name={fileName(title)} columns={exported} rows={rows} align="start" />
      </div>
      {rows.length > mostPlainRows ? (
        <VirtualTable
          caption={title}
          columns={columns}
          rows={rows}
          rowKey={keyOf}
          height={320}
          rowHeight={32}
        />
      ) : (
        <DataTable caption={title} columns={columns} rows={rows} rowKey={keyOf} />
      )}
    </div>
  );
}

function keyOf({ key }: NumberedRow): string {
  return key;
}

function shown(value: ExportedCell | undefined, format: ((value: number) => string) | undefined): string {
  if (value == null) return '–';
  return typeof value === 'number' && format ? format(value) : String(value);
}

/** A title as the name of a file: "Accuracy per epoch" -> `accuracy-per-epoch`. */
export function fileName(title: string): string {
  return (
    title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'chart'
  );
}
