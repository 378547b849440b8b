import { describe, expect, it } from 'vitest';
import { toCsv } from '@moda/ui';
import { runRow } from '../testing/run-rows';
import { exportColumns } from './export-rows';
import { shownColumns } from './run-columns';
import { readSort } from './sort-runs';
import { groupedRows, runRows } from './table-rows';

const rows = [
  runRow({ id: 'a1', name: 'one', spec: { seed: 1 }, outcome: { accuracy: 0.8 } }),
  runRow({ id: 'a2', name: 'two', spec: { seed: 2 }, outcome: { accuracy: 0.9 } }),
];
const columns = shownColumns(['network', 'seed', 'accuracy', 'seconds']);

describe('The exported table', () => {
  it('has the shown columns as numbers, with their units', () => {
    const table = { columns: exportColumns(columns, false), rows: runRows(rows, readSort('name')) };
    expect(toCsv(table).split('\r\n').slice(0, 2)).toEqual([
      'Run,Accuracy,Network,Seed,Time (s)',
      'one,0.8,compact,1,60',
    ]);
  });

  it('has mean, deviation and n of groups in columns of their own, and nothing where runs differ', () => {
    const table = {
      columns: exportColumns(columns, true),
      rows: groupedRows(rows, readSort('name'), new Set()),
    };
    const [header, group] = toCsv(table).split('\r\n');
    expect(header).toBe(
      'Run,"Accuracy, mean","Accuracy, deviation","Accuracy, n",Network,Seed,"Time (s), mean","Time (s), deviation","Time (s), n"',
    );
    expect(group).toMatch(/^,0\.85\d*,0\.07\d*,2,compact,,60,0,2$/);
  });
});
