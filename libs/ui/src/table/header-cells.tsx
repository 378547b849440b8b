import { alignClass, ariaSort, type Column, nextSort, type Sort } from './column.js';

interface HeaderCellsProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sort: Sort | undefined;
  readonly onSort: ((sort: Sort) => void) | undefined;
}

/** The header of each column, told to be sorted where it is. */
export function HeaderCells<Row>({ columns, sort, onSort }: HeaderCellsProps<Row>) {
  return columns.map((column) => (
    <th
      key={column.key}
      scope="col"
      className={alignClass(column.align)}
      aria-sort={ariaSort(sort, column.sortKey)}
    >
      <HeaderLabel column={column} sort={sort} onSort={onSort} />
    </th>
  ));
}

interface HeaderLabelProps {
  readonly column: Pick<Column<never>, 'header' | 'unit' | 'sortKey'>;
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
}

/** The text of a header, a button where the table can be sorted by it. */
function HeaderLabel({ column: { header, unit, sortKey }, sort, onSort }: HeaderLabelProps) {
  const text = (
    <>
      {header}
      {unit && <span className="m-table__unit"> {unit}</span>}
    </>
  );
  if (sortKey === undefined || !onSort) return text;
  const direction = ariaSort(sort, sortKey);
  return (
    <button type="button" className="m-table__sort" onClick={() => onSort(nextSort(sort, sortKey))}>
      {text}
      <svg className="m-table__arrow" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
        {direction === 'ascending' && <path d="M5 2v6M2.5 4.5 5 2l2.5 2.5" />}
        {direction === 'descending' && <path d="M5 8V2M2.5 5.5 5 8l2.5-2.5" />}
        {!direction && <path className="m-table__arrow-idle" d="M2.5 4 5 1.5 7.5 4M2.5 6 5 8.5 7.5 6" />}
      </svg>
    </button>
  );
}
