'use client';
import { type Column, VirtualTable } from '@moda/ui';
import { useMemo } from 'react';
import { GroupCell } from './group-cell';
import type { RunColumn } from './run-columns';
import { RunCell } from './run-cell';
import { runLabel } from './run-facts';
import { nextSort, readSort } from './sort-runs';
import { openKey, selectedRows, selectRows, type TableRow } from './table-rows';

interface RunTableProps {
  readonly rows: readonly TableRow[];
  readonly columns: readonly RunColumn[];
  /** Whether there are rows of groups. */
  readonly grouped: boolean;
  readonly sort: string;
  readonly onSort: (sort: string) => void;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (ids: ReadonlySet<string>) => void;
  /** Key of the row under the keyboard. */
  readonly cursor: string | null;
  readonly onCursor: (key: string) => void;
  readonly onOpen: (row: TableRow) => void;
  /** A group is opened or closed. */
  readonly onToggle: (openKey: string) => void;
}

/** Runs, or groups of runs, as rows. */
export function RunTable(props: RunTableProps) {
  const { rows, columns, grouped, sort, onSort, selected, onSelect, cursor, onCursor, onOpen, onToggle } =
    props;
  const { column, descending } = readSort(sort);
  const drawn = useMemo(
    () => columns.map((own): Column<TableRow> => drawnColumn(own, grouped, onToggle)),
    [columns, grouped, onToggle],
  );
  const chosen = useMemo(() => selectedRows(rows, selected), [rows, selected]);
  return (
    <VirtualTable
      caption="Runs"
      className="m-run-table"
      columns={drawn}
      rows={rows}
      rowKey={rowKey}
      rowLabel={rowLabel}
      rowHeight={40}
      height="var(--run-table-height)"
      sort={{ key: column.key, descending }}
      onSort={({ key }) => onSort(nextSort(sort, key))}
      cursor={cursor}
      onCursor={onCursor}
      selected={chosen}
      onSelect={(keys) => onSelect(selectRows(rows, selected, keys))}
      onOpen={onOpen}
      emptyText="No run fits these filters; clear them to see all."
    />
  );
}

/** A mean with its deviation takes more room than a number (px). */
const measuredWidth = 200;

function drawnColumn(
  own: RunColumn,
  grouped: boolean,
  onToggle: (openKey: string) => void,
): Column<TableRow> {
  const isMeasured = grouped && (own.key === 'accuracy' || own.key === 'seconds');
  return {
    key: own.key,
    header: own.header,
    align: own.numeric && own.key !== 'progress' ? 'end' : 'start',
    sortKey: own.key,
    width: `${isMeasured ? measuredWidth : own.width}px`,
    cell: (row) =>
      row.kind === 'run' ? (
        <RunCell column={own} run={row.run} inGroup={row.inGroup} />
      ) : (
        <GroupCell
          column={own}
          group={row.group}
          open={row.open}
          onToggle={() => onToggle(openKey(row.group))}
        />
      ),
  };
}

function rowKey({ key }: TableRow): string {
  return key;
}

function rowLabel(row: TableRow): string {
  return row.kind === 'run' ? runLabel(row.run) : `${row.group.runs.length} runs`;
}
