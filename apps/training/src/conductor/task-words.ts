import type { RunTask } from '@moda/contracts';

interface TaskWords {
  /** "The worker has begun to …" */
  readonly begunTo: string;
  readonly done: string;
  /** What stands before the colon and the reason. */
  readonly failed: string;
}

/** How the reasons of states speak of what a run does. */
export const taskWords: Readonly<Record<RunTask['kind'], TaskWords>> = {
  train: { begunTo: 'train', done: 'Training is done.', failed: 'Training failed' },
  decompose: { begunTo: 'find the modules', done: 'The modules are found.', failed: 'No modules were found' },
  compose: { begunTo: 'compose', done: 'The network is composed.', failed: 'Nothing was composed' },
  replace: {
    begunTo: 'repair the class',
    done: 'The repair is made and tried.',
    failed: 'The class was not repaired',
  },
  sweepTau: {
    begunTo: 'try the thresholds',
    done: 'Every threshold is tried.',
    failed: 'The thresholds were not all tried',
  },
};
