import { join } from 'node:path';

/** What is where in the folder of a run. */
export interface RunFiles {
  readonly folder: string;
  /** What to train, as it was submitted. */
  readonly spec: string;
  /** Append only: see JournalFile. */
  readonly journal: string;
  /** What the process itself and its native libraries wrote on their way. */
  readonly log: string;
  /** Checkpoints while it is trained, the model afterwards. */
  readonly model: string;
  /** How often the run was interrupted without having got any further. */
  readonly interruptions: string;
}

/** Name of a run's journal in the store. */
export const journalName = 'journal.ndjson';

export function runFiles(folder: string): RunFiles {
  return {
    folder,
    spec: join(folder, 'spec.json'),
    journal: join(folder, journalName),
    log: join(folder, 'worker.log'),
    model: join(folder, 'model'),
    interruptions: join(folder, 'interruptions.json'),
  };
}
