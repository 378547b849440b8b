import type { TrainSpec } from '@moda/contracts';
import type { RunContext } from '@moda/experiments';

/** What a task has to work with. */
export interface TaskWork {
  /** Of the training that the model came of. */
  readonly spec: TrainSpec;
  /** The model folder of another run; only to be read. */
  readonly modelOf: (id: string) => string;
  /** Takes the model that comes of it; is not there yet. */
  readonly out: string;
  readonly context: RunContext;
}

/** What the command of the task's name prints. */
export type TaskResult = object;

/** How a result names the model, wherever the folder of the run is read. */
export const modelName = 'model';
