// What @moda/contracts says of sweeps, once more in few bytes: it brings all its schemas along. A spec holds the two together.

const usualTaus: readonly number[] = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95];

/** Sub-tasks that a sweep draws of every number of classes. */
export const subtasksPerSize = 3;

/**
 * The thresholds that are worth measuring and were not: the usual ones, and the one that somebody looks at. Ascending.
 *
 * @param taken thresholds that were measured
 */
export function missingTaus(taken: readonly number[], tau: number): readonly number[] {
  return [...new Set([...usualTaus, tau])].filter((one) => !taken.includes(one)).sort((a, b) => a - b);
}

/** The line for a shell that measures the same. */
export function sweepCommand(run: string, taus: readonly number[]): string {
  const given = taus.join(',');
  return `npx moda runs sweep-tau ${run}${given === usualTaus.join(',') ? '' : ` --tau ${given}`}`;
}
