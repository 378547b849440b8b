'use client';
import { Button, type Column, DataTable, type ExportedColumn, Section, TableExport } from '@moda/ui';
import { useState } from 'react';
import type { PaperRow, PaperTable } from '../model/paper-table';
import { NumberPair } from './number-pair';
import { RunCellDialog } from './run-cell-dialog';

/** One table of the paper. */
export function PaperSection({ table }: { readonly table: PaperTable }) {
  const [ordered, setOrdered] = useState<PaperRow>();
  return (
    <Section
      id={table.id}
      title={table.title}
      subtitle={table.note}
      actions={<TableExport name={`paper-${table.id}`} columns={exportedColumns(table)} rows={table.rows} />}
    >
      <DataTable
        caption={`${table.title}, quoted and measured`}
        rows={table.rows}
        rowKey={({ key }) => key}
        columns={[...shownColumns(table), orderColumn(setOrdered)]}
      />
      <NotBuilt table={table} />
      <RunCellDialog row={ordered} table={table} onClose={() => setOrdered(undefined)} />
    </Section>
  );
}

function shownColumns({ nameColumns, columns }: PaperTable): Column<PaperRow>[] {
  return [
    ...nameColumns.map((header, position): Column<PaperRow> => ({
      key: header,
      header,
      cell: ({ names }) => names[position],
    })),
    ...columns.map(({ key, header, unit, form }): Column<PaperRow> => ({
      key,
      header,
      ...(unit !== undefined && { unit }),
      align: 'end',
      cell: ({ cells }) => {
        const cell = cells[key];
        return cell && <NumberPair cell={cell} form={form} />;
      },
    })),
  ];
}

function orderColumn(onOrder: (row: PaperRow) => void): Column<PaperRow> {
  return {
    key: 'order',
    header: 'Run',
    cell: (row) =>
      row.orders.length > 0 ? (
        <Button small aria-label={`Run the cells of ${row.names.join(', ')}`} onClick={() => onOrder(row)}>
          Run…
        </Button>
      ) : (
        <span className="m-muted">not built yet</span>
      ),
  };
}

/** Why cells are empty for good, each reason once. */
function NotBuilt({ table }: { readonly table: PaperTable }) {
  const reasons = new Set(
    table.rows.flatMap(({ cells }) => Object.values(cells).flatMap(({ notBuilt }) => notBuilt ?? [])),
  );
  return reasons.size > 0 ? <p className="m-muted">{[...reasons].join(' ')}</p> : null;
}

function exportedColumns({ nameColumns, columns }: PaperTable): ExportedColumn<PaperRow>[] {
  return [
    ...nameColumns.map((name, position): ExportedColumn<PaperRow> => ({
      name,
      value: ({ names }) => names[position] ?? null,
    })),
    ...columns.flatMap(({ key, header }): ExportedColumn<PaperRow>[] => [
      { name: `${header}, paper`, value: ({ cells }) => cells[key]?.quoted ?? null },
      { name: `${header}, ours`, value: ({ cells }) => cells[key]?.measured?.mean ?? null },
      { name: `${header}, deviation`, value: ({ cells }) => cells[key]?.measured?.deviation ?? null },
      { name: `${header}, n`, value: ({ cells }) => cells[key]?.measured?.count ?? null },
      { name: `${header}, device`, value: ({ cells }) => cells[key]?.measured?.devices.join('; ') ?? null },
      { name: `${header}, date`, value: ({ cells }) => cells[key]?.measured?.endedAt ?? null },
    ]),
  ];
}
