// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Column } from './column.js';
import { VirtualTable, type VirtualTableProps } from './virtual-table.js';

afterEach(cleanup);

interface Row {
  readonly id: string;
}

const cell = vi.fn(({ id }: Row) => id);
const columns: readonly Column<Row>[] = [{ key: 'id', header: 'Run', cell }];
const rows: readonly Row[] = Array.from({ length: 10_000 }, (_, place) => ({ id: `run-${place}` }));
const rowKey = ({ id }: Row) => id;

function Table(props: Partial<VirtualTableProps<Row>>) {
  return <VirtualTable caption="Runs" columns={columns} rows={rows} rowKey={rowKey} {...props} />;
}

/** The rows with data, by their place in the whole table. */
function drawnPlaces(): readonly number[] {
  return screen
    .getAllByRole('row')
    .map((row) => Number(row.getAttribute('aria-rowindex')))
    .filter((place) => place > 1);
}

function scrollTo(top: number): void {
  const frame = screen.getByRole('region', { name: 'Runs' });
  frame.scrollTop = top;
  act(() => {
    frame.dispatchEvent(new Event('scroll'));
  });
}

describe('a table of ten thousand rows', () => {
  it('draws those in sight and says how many there are', () => {
    render(<Table />);
    expect(screen.getByRole('table', { name: 'Runs' }).getAttribute('aria-rowcount')).toBe('10001');
    expect(drawnPlaces()[0]).toBe(2);
    expect(drawnPlaces().length).toBeLessThan(80);
  });

  it('has its first rows in what the server sends', () => {
    const html = renderToString(<Table />);
    expect(html).toContain('run-0');
    expect(html).toContain('run-19');
  });

  it('draws other rows where it is scrolled to, in their true places', () => {
    render(<Table rowHeight={40} />);
    scrollTo(40 * 5_000);
    expect(screen.getByText('run-5000').closest('tr')?.getAttribute('aria-rowindex')).toBe('5002');
    expect(screen.queryByText('run-0')).toBeNull();
  });

  it('draws a row that stays in sight once', () => {
    render(<Table rowHeight={40} />);
    cell.mockClear();
    scrollTo(40 * 8);
    const again = cell.mock.calls.filter(([{ id }]) => id === 'run-10');
    expect(cell).toHaveBeenCalled();
    expect(again).toEqual([]);
  });

  it('marks the row under the keyboard, tells it, and scrolls to it', () => {
    const { rerender } = render(<Table cursor="run-3" rowLabel={({ id }) => `the ${id}`} />);
    expect(screen.getByText('run-3').closest('tr')?.getAttribute('aria-current')).toBe('true');
    expect(screen.getByRole('status').textContent).toBe('Row 4 of 10000: the run-3');
    rerender(<Table cursor="run-9000" />);
    expect(screen.getByRole('region').scrollTop).toBeGreaterThan(300_000);
  });

  it('moves the cursor by arrows while it has the focus', () => {
    const onCursor = vi.fn();
    const onOpen = vi.fn();
    render(<Table cursor="run-3" onCursor={onCursor} onOpen={onOpen} />);
    const frame = screen.getByRole('region');
    fireEvent.keyDown(frame, { key: 'ArrowDown' });
    fireEvent.keyDown(frame, { key: 'ArrowUp' });
    fireEvent.keyDown(frame, { key: 'End' });
    fireEvent.keyDown(frame, { key: 'Enter' });
    expect(onCursor.mock.calls).toEqual([['run-4'], ['run-2'], ['run-9999']]);
    expect(onOpen).toHaveBeenCalledWith(rows[3]);
  });

  it('selects rows one by one and all at once', () => {
    const onSelect = vi.fn();
    render(<Table selected={new Set(['run-1'])} onSelect={onSelect} rowLabel={({ id }) => id} />);
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select run-0' }));
    expect(onSelect).toHaveBeenLastCalledWith(new Set(['run-1', 'run-0']));
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select run-1' }));
    expect(onSelect).toHaveBeenLastCalledWith(new Set());
    const all = screen.getByRole('checkbox', { name: 'Select all rows' });
    expect(all).toHaveProperty('indeterminate', true);
    fireEvent.click(all);
    expect(onSelect).toHaveBeenLastCalledWith(new Set(rows.map(rowKey)));
  });

  it('asks for more where its end comes near, and not before', () => {
    const onNearEnd = vi.fn();
    render(<Table onNearEnd={onNearEnd} rowHeight={40} />);
    expect(onNearEnd).not.toHaveBeenCalled();
    scrollTo(40 * 9_990);
    expect(onNearEnd).toHaveBeenCalledTimes(1);
  });

  it('shows its end when it becomes shorter than it was scrolled', () => {
    const { rerender } = render(<Table rowHeight={40} />);
    scrollTo(40 * 9_000);
    rerender(<Table rowHeight={40} rows={rows.slice(0, 100)} />);
    expect(drawnPlaces().at(-1)).toBe(101);
  });

  it('says why it is empty', () => {
    render(<Table rows={[]} emptyText="No run matches." />);
    expect(screen.getByRole('cell').textContent).toBe('No run matches.');
  });
});
