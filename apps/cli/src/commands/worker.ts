import { defineCommand } from '../command.js';
import { startPod } from '../pod/start-pod.js';

export const worker = defineCommand({
  path: ['worker'],
  summary: 'work on a run in a pod, as the Job of the run starts it',
  details:
    'Takes what it needs from the environment that the Job sets: MODA_RUN_ID, MODA_TRAINING_URL, MODA_RUN_TOKEN_FILE, ' +
    'MODA_POD_NAME and MODA_POD_UID; MODA_RUN_FOLDER, MODA_DATA, POD_GRACE_MS and POD_CHECKPOINT_EVERY_MS where they differ. ' +
    'A training service that is away does not stop it. Exit code 0 where the run is done, or had ended before, 1 where it has ' +
    'failed for good, 130 where it was stopped and its checkpoint is shipped; after any other one it goes on with another pod.',
  options: {},
  run: (_values, { context }) => startPod(context.signal),
  show: () => '',
  exitCode: (code) => code,
  interruptNote: 'The pod ends with a checkpoint.',
  endsByItself: true,
});
