import { join } from 'node:path';

/** What is where in the folder of a run. */
export interface RunFiles {
  readonly folder: string;
  /** What to train, as it was submitted. */
  readonly spec: string;
  /** What the run does, where it is not the training of its spec. */
  readonly task: string;
  /** The checkpoint of another run that this one begins with, if it does. */
  readonly start: string;
  /** Append only: see JournalFile. */
  readonly journal: string;
  /** What the process itself and its native libraries wrote on their way. */
  readonly log: string;
  /** The last two checkpoints while it is trained, the model afterwards. */
  readonly model: string;
  /** What the training came to, from its end on. */
  readonly trained: string;
  /** What a task came to, as the command of its name prints it. */
  readonly result: string;
  /** How the model does on the test images. */
  readonly evaluation: string;
  /** Checkpoints that other runs may begin with: see kept-checkpoints.ts. */
  readonly checkpoints: string;
  /** How often the run was interrupted without having got any further. */
  readonly interruptions: string;
}

/** Name of a run's journal in the store. */
export const journalName = 'journal.ndjson';

/** Of the folder `model`, the newest first: the older one is for the case that the newer one is torn. */
export const checkpointNames = ['checkpoint.safetensors', 'checkpoint.previous.safetensors'] as const;

export function runFiles(folder: string): RunFiles {
  return {
    folder,
    spec: join(folder, 'spec.json'),
    task: join(folder, 'task.json'),
    start: join(folder, 'start.safetensors'),
    journal: join(folder, journalName),
    log: join(folder, 'worker.log'),
    model: join(folder, 'model'),
    trained: join(folder, 'trained.json'),
    result: join(folder, 'result.json'),
    evaluation: join(folder, 'evaluation.json'),
    checkpoints: join(folder, 'checkpoints'),
    interruptions: join(folder, 'interruptions.json'),
  };
}
