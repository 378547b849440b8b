import { createLogger, createMetrics, firstStopSignal, startService } from '@moda/service-kit';
import { openConductor } from './conductor/conductor.js';
import { runsAtOnce, thisMachine } from './conductor/runs-at-once.js';
import type { TrainingEnvironment } from './environment.js';
import { LocalExecutor } from './execution/local-executor.js';
import { exampleQuestion } from './graphql/example-question.js';
import { buildTrainingSchema } from './graphql/training-schema.js';
import { openRunHub } from './live/run-hub.js';
import { problem } from './problem/problem.js';
import { publishRunTo } from './publish/publish-run.js';
import { openRunStore } from './runs/open-run-store.js';
import { takeOrders } from './submit/orders.js';

/** Serves training until the first signal to stop; the second one ends the process at once. */
export async function serve(environment: TrainingEnvironment, onReady: (url: string) => void): Promise<void> {
  const signal = firstStopSignal({ force: () => process.exit(forcedExitCode) });
  const clock = () => new Date();
  const logger = createLogger({ service: 'training', level: environment.logLevel });
  const metrics = createMetrics('training');

  const { databaseUrl, databaseFolder, runsFolder, workerProgram, runsPerUser, stopGraceMs } = environment;
  const store = await openRunStore(
    databaseUrl === undefined ? { dataFolder: databaseFolder } : { databaseUrl },
  );
  const executor = new LocalExecutor({
    runsFolder,
    ...(workerProgram !== undefined && { program: workerProgram }),
  });
  const hub = openRunHub({
    store,
    onFailure: (error) => logger.error({ err: error }, 'Events could not be read.'),
  });

  try {
    const conductor = await openConductor({
      store,
      executor,
      logger,
      clock,
      atOnce: environment.runsAtOnce ?? runsAtOnce(thisMachine()),
      ...(runsPerUser !== undefined && { perUser: runsPerUser }),
      onNews: (runId) => hub.poke(runId),
      timings: { graceMs: stopGraceMs },
    });
    try {
      const service = await startService({
        host: environment.host,
        port: environment.port,
        logger,
        metrics,
        title: 'MODA training',
        example: exampleQuestion,
        schema: await buildTrainingSchema({
          store,
          hub,
          conductor,
          orders: takeOrders({ store, wake: () => conductor.wake() }),
          publishRun: publishRunTo({
            registry: environment.registry,
            keysFolder: environment.keysFolder,
            runFolder: (id) => executor.folderOf({ id }),
          }),
          estimate: async () =>
            problem(
              'NOT_AVAILABLE_YET',
              'This version cannot estimate a run yet; try one with maxSteps instead.',
            ),
        }),
        subscriptions: true,
        hostNames: environment.publicUrl === undefined ? [] : [new URL(environment.publicUrl).hostname],
        checkReady: () => store.ping(),
        stopNoticeMs: environment.stopNoticeMs,
      });
      onReady(service.url);

      logger.info({ signal: await signal }, 'stopping');
      await service.stop();
    } finally {
      await conductor.stop();
    }
  } finally {
    await hub.close();
    await executor.close();
    await store.close();
  }
}

/** What a shell reports of a process that was interrupted. */
const forcedExitCode = 130;
