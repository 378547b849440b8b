import type { RunResult } from '@moda/contracts';

/** What was measured at one threshold: sizes, and the accuracy of composed networks on the test images of their classes. Shares 0..1. */
export type MeasuredAt = RunResult<'sweepTau'>['rows'][number];

const numbers: readonly (keyof MeasuredAt)[] = [
  'tau',
  'accuracy',
  'meanShare',
  'meanFlopsShare',
  'meanOverlap',
  'floorHits',
];

/** `rows` of the result of a sweep over thresholds; none of anything else. Read by hand: a page that draws them needs no schema. */
export function sweepRowsOf(result: unknown): readonly MeasuredAt[] {
  const rows = isObject(result) ? result['rows'] : undefined;
  return Array.isArray(rows) && rows.every(isRow) ? rows : [];
}

function isRow(row: unknown): row is MeasuredAt {
  return isObject(row) && numbers.every((name) => Number.isFinite(row[name]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/**
 * Rows of several sweeps as one curve: of a threshold that was measured twice the first row stays.
 *
 * @param sweeps the newest first
 */
export function mergedRows(sweeps: readonly (readonly MeasuredAt[])[]): MeasuredAt[] {
  const byTau = new Map<number, MeasuredAt>();
  for (const row of sweeps.flat()) if (!byTau.has(row.tau)) byTau.set(row.tau, row);
  return [...byTau.values()].sort((a, b) => a.tau - b.tau);
}

/** The measured threshold that is nearest; undefined where none was measured. */
export function nearestTau(rows: readonly MeasuredAt[], tau: number): number | undefined {
  return rows
    .map((row) => row.tau)
    .sort((a, b) => Math.abs(a - tau) - Math.abs(b - tau))
    .at(0);
}
