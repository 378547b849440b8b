import type { RunTask } from '@moda/contracts';

/** The runs whose models a task reads: no other one is given to it. */
export function runsOfTask(task: RunTask): readonly string[] {
  switch (task.kind) {
    case 'train':
      return [];
    case 'decompose':
    case 'compose':
    case 'sweepTau':
      return [task.run];
    case 'replace':
      return [...new Set([task.weak, task.strong])];
  }
}
