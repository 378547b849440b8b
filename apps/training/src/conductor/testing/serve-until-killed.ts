import { createLogger } from '@moda/service-kit';
import { LocalExecutor } from '../../execution/local-executor.js';
import { openRunStore } from '../../runs/open-run-store.js';
import { openConductor } from '../conductor.js';

/**
 * A training service without its wire, for suites that kill it: `<database folder> <runs folder>`. Says `ready`, then ends with SIGTERM, in
 * order, or with SIGKILL.
 */
const [dataFolder = '', runsFolder = ''] = process.argv.slice(2);
const store = await openRunStore({ dataFolder });
const conductor = await openConductor({
  store,
  executor: new LocalExecutor({ runsFolder }),
  logger: createLogger({ service: 'training', level: 'warn' }),
  clock: () => new Date(),
  atOnce: 1,
  // Suites kill at random moments; whether a run gets further is theirs to see.
  resumesWithoutProgress: 100,
});
process.stdout.write('ready\n');
process.once('SIGTERM', () => {
  void conductor
    .stop()
    .then(() => store.close())
    .then(() => process.exit(0));
});
