import { createRng, shuffledOrder } from '@moda/datasets';

/**
 * Sub-tasks of every size from 2 to all classes: up to `perSize` different sets of each size, drawn from the seed, each
 * ascending. All sets of a size are taken where there are no more than that.
 */
export function sampleSubtasks(classes: number, perSize: number, seed: number): number[][] {
  const rng = createRng(seed);
  const subtasks: number[][] = [];
  for (let size = 2; size <= classes; size++) {
    const wanted = Math.min(perSize, combinations(classes, size));
    const found = new Map<string, number[]>();
    while (found.size < wanted) {
      const subtask = [...shuffledOrder(classes, rng).subarray(0, size)].sort((a, b) => a - b);
      found.set(subtask.join(), subtask);
    }
    subtasks.push(...found.values());
  }
  return subtasks;
}

function combinations(n: number, k: number): number {
  let count = 1;
  for (let i = 1; i <= k; i++) count = (count * (n - k + i)) / i;
  return count;
}
