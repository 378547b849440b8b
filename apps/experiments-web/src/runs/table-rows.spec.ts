import { describe, expect, it } from 'vitest';
import { runRow } from '../testing/run-rows';
import { readSort } from './sort-runs';
import { groupedRows, openKey, selectedRows, selectRows, type TableRow } from './table-rows';

const rows = [
  runRow({
    id: 'a1',
    createdAt: '2026-03-01T10:00:00Z',
    spec: { seed: 1 },
    outcome: { accuracy: 0.8, seconds: 10 },
  }),
  runRow({
    id: 'a2',
    createdAt: '2026-03-01T11:00:00Z',
    spec: { seed: 2 },
    outcome: { accuracy: 0.9, seconds: 14 },
  }),
  runRow({ id: 'b1', spec: { seed: 1, gamma: 3 }, outcome: { accuracy: 0.95 } }),
  runRow({ id: 'c1', spec: { seed: 1 }, task: { kind: 'decompose', run: 'a1', tau: 0.9 } }),
  runRow({ id: 'c2', spec: { seed: 2 }, task: { kind: 'decompose', run: 'a2', tau: 0.9 }, outcome: null }),
];

function keysOf(tableRows: readonly TableRow[]): readonly string[] {
  return tableRows.map((row) =>
    row.kind === 'run' ? row.key : `[${row.group.runs.map(({ id }) => id).join(' ')}]`,
  );
}

describe('Groups by configuration', () => {
  it('hold the runs that differ in nothing but their seed, or in the run they are made of', () => {
    expect(keysOf(groupedRows(rows, readSort('created'), new Set()))).toEqual(
      expect.arrayContaining(['[a1 a2]', 'b1', '[c1 c2]']),
    );
  });

  it('tell mean, deviation of the sample and n', () => {
    const [row] = groupedRows(rows.slice(0, 2), readSort('created'), new Set());
    if (row?.kind !== 'group') throw new Error('a group');
    expect(row.group.accuracy!.mean).toBeCloseTo(0.85);
    expect(row.group.accuracy!.deviation).toBeCloseTo(Math.SQRT1_2 / 10);
    expect(row.group.accuracy!.n).toBe(2);
    expect(row.group.seconds).toMatchObject({ mean: 12, n: 2 });
  });

  it('count only what was measured, and have no deviation of one', () => {
    const [row] = groupedRows(rows.slice(3), readSort('created'), new Set());
    if (row?.kind !== 'group') throw new Error('a group');
    expect(row.group.accuracy).toEqual({ mean: 0.9, deviation: null, n: 1 });
  });

  it('are sorted by their means', () => {
    expect(keysOf(groupedRows(rows.slice(0, 3), readSort('-accuracy'), new Set()))).toEqual([
      'b1',
      '[a2 a1]',
    ]);
    expect(keysOf(groupedRows(rows.slice(0, 3), readSort('accuracy'), new Set()))).toEqual(['[a1 a2]', 'b1']);
  });

  it('stand above their runs where they are open, and stay open while newer runs come', () => {
    const open = new Set(['a1']);
    expect(keysOf(groupedRows(rows.slice(0, 2), readSort('created'), open))).toEqual(['[a1 a2]', 'a1', 'a2']);
    const [row] = groupedRows(rows.slice(0, 2), readSort('-created'), open);
    expect(row?.kind === 'group' && openKey(row.group)).toBe('a1');
  });
});

describe('Selection', () => {
  const table = groupedRows(rows.slice(0, 3), readSort('created'), new Set(['a1']));
  const group = table.find(({ kind }) => kind === 'group')!.key;

  it('of a group selects all of its runs, and lets all of them go', () => {
    const some = selectRows(table, new Set(), new Set([group]));
    expect([...some].sort()).toEqual(['a1', 'a2']);
    expect(selectedRows(table, some)).toContain(group);
    expect([...selectRows(table, some, new Set(['a1', 'a2']))]).toEqual([]);
  });

  it('of one run leaves its group alone', () => {
    const some = selectRows(table, new Set(), new Set(['a2']));
    expect([...some]).toEqual(['a2']);
    expect(selectedRows(table, some)).not.toContain(group);
  });

  it('of the last run of a group makes the group look selected, and the other way round', () => {
    const all = selectRows(table, new Set(['a1']), new Set(['a1', 'a2']));
    expect(selectedRows(table, all)).toContain(group);
    const fewer = selectRows(table, all, new Set(['a1', group]));
    expect([...fewer]).toEqual(['a1']);
  });
});
