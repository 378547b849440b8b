'use client';

import { memo, type ReactNode } from 'react';
import { Checkbox } from '../controls/checkbox.js';
import { alignClass, type Column } from './column.js';

interface TableRowProps<Row> {
  readonly id: string;
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  /** In the whole table, from 0. */
  readonly place: number;
  readonly height: number;
  readonly selectable: boolean;
  readonly selected: boolean;
  readonly atCursor: boolean;
  readonly label: string;
  readonly onToggle: (key: string, chosen: boolean) => void;
  readonly onOpen: (row: Row) => void;
  readonly onCursor: (key: string) => void;
}

function PlainTableRow<Row>(props: TableRowProps<Row>) {
  const {
    id,
    row,
    columns,
    place,
    height,
    selectable,
    selected,
    atCursor,
    label,
    onToggle,
    onOpen,
    onCursor,
  } = props;
  const look = [selected && 'm-table__row--selected', atCursor && 'm-table__row--cursor']
    .filter(Boolean)
    .join(' ');
  return (
    <tr
      style={{ height }}
      className={look || undefined}
      aria-rowindex={place + 2}
      aria-current={atCursor ? 'true' : undefined}
      onClick={() => onCursor(id)}
      onDoubleClick={() => onOpen(row)}
    >
      {selectable && (
        <td className="m-table__check">
          <Checkbox
            hideLabel
            label={`Select ${label}`}
            checked={selected}
            onChange={(chosen) => onToggle(id, chosen)}
          />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.key} className={alignClass(column.align)}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

/** A row of the virtual table; while its data are the same it is not drawn again, however the table scrolls. */
export const TableRow = memo(PlainTableRow) as <Row>(props: TableRowProps<Row>) => ReactNode;
