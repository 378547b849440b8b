// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Column } from './column.js';
import { DataTable } from './data-table.js';

afterEach(cleanup);

interface Row {
  readonly id: string;
  readonly accuracy: number;
}

const columns: readonly Column<Row>[] = [
  { key: 'id', header: 'Run', cell: ({ id }) => id },
  {
    key: 'accuracy',
    header: 'Accuracy',
    unit: '%',
    align: 'end',
    sortKey: 'accuracy',
    cell: ({ accuracy }) => accuracy,
  },
];
const rows: readonly Row[] = [
  { id: 'a', accuracy: 91 },
  { id: 'b', accuracy: 93 },
];
const rowKey = ({ id }: Row) => id;

describe('a short table', () => {
  it('is a table with a caption, headers with units, and cells', () => {
    render(<DataTable caption="Runs" columns={columns} rows={rows} rowKey={rowKey} />);
    expect(screen.getByRole('table', { name: 'Runs' })).toBeDefined();
    expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
      'Run',
      'Accuracy %',
    ]);
    expect(screen.getAllByRole('cell').map(({ textContent }) => textContent)).toEqual(['a', '91', 'b', '93']);
  });

  it('says by what it is sorted, and asks for the other way round', () => {
    const onSort = vi.fn();
    const sort = { key: 'accuracy', descending: true };
    render(
      <DataTable caption="Runs" columns={columns} rows={rows} rowKey={rowKey} sort={sort} onSort={onSort} />,
    );
    expect(screen.getByRole('columnheader', { name: /Accuracy/ }).getAttribute('aria-sort')).toBe(
      'descending',
    );
    fireEvent.click(screen.getByRole('button', { name: /Accuracy/ }));
    expect(onSort).toHaveBeenCalledWith({ key: 'accuracy', descending: false });
  });

  it('offers no order that nobody gives', () => {
    render(<DataTable caption="Runs" columns={columns} rows={rows} rowKey={rowKey} />);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('says why it is empty', () => {
    render(
      <DataTable caption="Runs" columns={columns} rows={[]} rowKey={rowKey} emptyText="No run matches." />,
    );
    expect(screen.getByRole('cell').textContent).toBe('No run matches.');
  });
});
