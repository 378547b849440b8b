import { defaultSweepTaus, taskCommandLine } from '@moda/contracts';

/**
 * The thresholds that are worth measuring and were not: the usual ones, and the one that somebody looks at. Ascending.
 *
 * @param taken thresholds that were measured
 */
export function missingTaus(taken: readonly number[], tau: number): readonly number[] {
  return [...new Set([...defaultSweepTaus, tau])].filter((one) => !taken.includes(one)).sort((a, b) => a - b);
}

/** The line for a shell that measures the same. */
export function sweepCommand(run: string, taus: readonly number[]): string {
  return `npx ${taskCommandLine({ kind: 'sweepTau', run, taus, subtasksPerSize: 3 })}`;
}
