'use client';

import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { Checkbox } from '../controls/checkbox.js';
import type { Column, Sort } from './column.js';
import { HeaderCells } from './header-cells.js';
import { useLatest } from './latest.js';
import { useRowWindow } from './row-window.js';
import { TableRow } from './table-row.js';

export interface VirtualTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  readonly emptyText?: string;
  /** Pixels; every row is as high. */
  readonly rowHeight?: number;
  /** Pixels or a CSS length: how high the table is at most; it scrolls inside. */
  readonly height?: number | string;
  /** The key of the row under the keyboard; the app moves it by `j` and `k`. It is scrolled into sight. */
  readonly cursor?: string | null;
  /** With it the arrow keys, Home and End move the cursor while the table has the focus. */
  readonly onCursor?: (key: string) => void;
  /** The keys of the rows that are chosen; with `onSelect` each row has a checkbox. */
  readonly selected?: ReadonlySet<string>;
  readonly onSelect?: (selected: ReadonlySet<string>) => void;
  /** What a row is called in the label of its checkbox, and when the cursor comes to it. */
  readonly rowLabel?: (row: Row) => string;
  /** Enter on the cursor's row, or a double press. */
  readonly onOpen?: (row: Row) => void;
  /** The last rows come into sight: time to ask for more. */
  readonly onNearEnd?: () => void;
  /** How many rows there are in all, where not all are here yet. */
  readonly total?: number;
  readonly className?: string;
}

const headerHeight = 38;
const nearEndRows = 20;
const nothingSelected: ReadonlySet<string> = new Set();

/**
 * A table of thousands of rows, of which those in sight are drawn. It stays a table for screen readers: rows have their place
 * in the whole. For quick scrolling give the same `columns` and `rowKey` each time.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const {
    caption,
    columns,
    rows,
    rowKey,
    sort,
    onSort,
    emptyText,
    rowHeight = 36,
    height = '70vh',
    cursor,
  } = props;
  const {
    onCursor,
    selected = nothingSelected,
    onSelect,
    rowLabel,
    onOpen,
    onNearEnd,
    total,
    className = '',
  } = props;
  const frame = useRef<HTMLDivElement>(null);
  const keys = useMemo(() => rows.map(rowKey), [rows, rowKey]);
  const places = useMemo(() => new Map(keys.map((key, place) => [key, place])), [keys]);
  const at = cursor == null ? -1 : (places.get(cursor) ?? -1);

  const { from, to, scrollTo } = useRowWindow({
    frame,
    count: rows.length,
    rowHeight,
    headerHeight,
  });
  const scrollNow = useLatest(scrollTo);
  useEffect(() => {
    if (at >= 0) scrollNow(at);
  }, [at, scrollNow]);

  const nearEnd = rows.length > 0 && to >= rows.length - nearEndRows;
  const askForMore = useLatest(() => onNearEnd?.());
  useEffect(() => {
    // Once for each arrival of rows.
    if (nearEnd) askForMore();
  }, [nearEnd, rows.length, askForMore]);

  const moveTo = (place: number) => {
    const key = keys[Math.max(0, Math.min(keys.length - 1, place))];
    if (key !== undefined) onCursor?.(key);
  };
  const press = (event: KeyboardEvent) => {
    const row = rows[at];
    if (event.target !== frame.current || !onCursor) return;
    const page = Math.max(1, Math.floor((frame.current.clientHeight - headerHeight) / rowHeight) - 1);
    const next = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: keys.length,
    }[event.key];
    if (event.key === 'Enter' && row !== undefined) onOpen?.(row);
    if (next === undefined) return;
    event.preventDefault();
    moveTo(next);
  };
  const toggle = (key: string, chosen: boolean) => {
    const next = new Set(selected);
    if (chosen) next.add(key);
    else next.delete(key);
    onSelect?.(next);
  };
  // Rows are remembered: what they call must not change with each render of the table.
  const toggleNow = useLatest(toggle);
  const openNow = useLatest((row: Row) => onOpen?.(row));
  const cursorNow = useLatest((key: string) => onCursor?.(key));

  const chosenHere = selected.size === 0 ? 0 : keys.filter((key) => selected.has(key)).length;
  const width = columns.length + (onSelect ? 1 : 0);
  const current = rows[at];
  return (
    <div
      ref={frame}
      className={`m-table-frame m-virtual ${className}`}
      style={{
        height:
          rows.length === 0
            ? undefined
            : `min(${cssLength(height)}, ${headerHeight + rows.length * rowHeight + 18}px)`,
      }}
      role="region"
      aria-label={caption}
      tabIndex={0}
      onKeyDown={press}
    >
      <table className="m-table m-table--virtual" aria-rowcount={(total ?? rows.length) + 1}>
        <caption className="m-visually-hidden">{caption}</caption>
        <colgroup>
          {onSelect && <col className="m-table__check" />}
          {columns.map(({ key, width: columnWidth }) => (
            <col key={key} style={{ width: columnWidth }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {onSelect && (
              <th scope="col" className="m-table__check">
                <Checkbox
                  hideLabel
                  label="Select all rows"
                  checked={rows.length > 0 && chosenHere === rows.length}
                  indeterminate={chosenHere > 0 && chosenHere < rows.length}
                  onChange={(chosen) => onSelect(new Set(chosen ? keys : []))}
                />
              </th>
            )}
            <HeaderCells columns={columns} sort={sort} onSort={onSort} />
          </tr>
        </thead>
        <tbody>
          {from > 0 && <Space height={from * rowHeight} columns={width} />}
          {rows.slice(from, to).map((row, drawn) => {
            const index = from + drawn;
            const key = keys[index] ?? '';
            return (
              <TableRow
                key={key}
                id={key}
                row={row}
                columns={columns}
                place={index}
                height={rowHeight}
                selectable={onSelect !== undefined}
                selected={selected.has(key)}
                atCursor={index === at}
                label={rowLabel?.(row) ?? key}
                onToggle={toggleNow}
                onOpen={openNow}
                onCursor={cursorNow}
              />
            );
          })}
          {to < rows.length && <Space height={(rows.length - to) * rowHeight} columns={width} />}
          {rows.length === 0 && (
            <tr>
              <td className="m-table__empty" colSpan={width}>
                {emptyText ?? 'Nothing to show.'}
              </td>
            </tr>
          )}
        </tbody>
      </table>
      <div className="m-visually-hidden" role="status">
        {current !== undefined &&
          `Row ${at + 1} of ${total ?? rows.length}: ${rowLabel?.(current) ?? cursor ?? ''}`}
      </div>
    </div>
  );
}

/** Holds the place of rows out of sight. */
function Space({ height, columns }: { readonly height: number; readonly columns: number }) {
  return (
    <tr className="m-table__space" aria-hidden="true">
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

function cssLength(height: number | string): string {
  return typeof height === 'number' ? `${height}px` : height;
}
