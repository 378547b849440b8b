import { alignClass, type Column, type Sort } from './column.js';
import { HeaderCells } from './header-cells.js';

export interface DataTableProps<Row> {
  /** Says what the table holds; screen readers hear it first. */
  readonly caption: string;
  readonly hideCaption?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  readonly emptyText?: string;
  /** A row that stands out: the best one, the current one. */
  readonly isEmphasised?: (row: Row) => boolean;
  readonly className?: string;
}

/** A table of up to some hundred rows. It has no state, so it may be drawn on the server. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const {
    caption,
    hideCaption = true,
    columns,
    rows,
    rowKey,
    sort,
    onSort,
    emptyText,
    isEmphasised,
    className = '',
  } = props;
  return (
    // Focusable, so that a keyboard can scroll what is wider than the page.
    <div className={`m-table-frame ${className}`} role="region" aria-label={caption} tabIndex={0}>
      <table className="m-table">
        <caption className={hideCaption ? 'm-visually-hidden' : 'm-table__caption'}>{caption}</caption>
        <thead>
          <tr>
            <HeaderCells columns={columns} sort={sort} onSort={onSort} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={isEmphasised?.(row) ? 'm-table__row--emphasis' : undefined}>
              {columns.map((column) => (
                <td key={column.key} className={alignClass(column.align)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
          {rows.length === 0 && (
            <tr>
              <td className="m-table__empty" colSpan={columns.length}>
                {emptyText ?? 'Nothing to show.'}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
