import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createLogger,
  createMetrics,
  firstStopSignal,
  openAuthenticator,
  openSignedUrls,
  startService,
} from '@moda/service-kit';
import { openAuditLog } from '@moda/service-kit/database';
import { accessPaths, addCheckRoute } from './access/check-route.js';
import { addIssueRoute } from './access/issue/issue-route.js';
import { openSealedTasks } from './access/issue/sealed-task.js';
import { audit as auditTable } from './access/schema/audit.js';
import { takeTokenOrders } from './access/tokens/token-orders.js';
import { openTokenStore } from './access/tokens/token-store.js';
import { openArchiveBlobs } from './archive/archive-blobs.js';
import { collectRegularly } from './archive/collect-regularly.js';
import { mirrored } from './archive/mirror/mirrored-executor.js';
import { openMirror } from './archive/mirror/mirror.js';
import { restoreModel, restoring } from './archive/mirror/restore-folder.js';
import { openBlobs } from './archive/open-blobs.js';
import { openRunArchive } from './archive/open-run-archive.js';
import type { ClusterConductor, ClusterConductorOptions } from './cluster/cluster-conductor.js';
import { openConductor } from './conductor/conductor.js';
import { runsAtOnce, thisMachine } from './conductor/runs-at-once.js';
import type { TrainingEnvironment } from './environment.js';
import { openEstimator } from './execution/estimator.js';
import { LocalExecutor } from './execution/local-executor.js';
import { epochsOfRun } from './files/epochs-of-run.js';
import { addFileRoutes, filePaths } from './files/file-routes.js';
import { openFilesOfRuns } from './files/files-of-runs.js';
import { exampleQuestion } from './graphql/example-question.js';
import { buildTrainingSchema } from './graphql/training-schema.js';
import { openLogitsDesk } from './logits/composition-logits.js';
import { openRunHub } from './live/run-hub.js';
import { addPodRoutes, podPaths } from './pod-desk/pod-routes.js';
import { openPodTokens, type PodTokens } from './pod-desk/pod-tokens.js';
import { publishRunTo } from './publish/publish-run.js';
import { openTrainingDatabase, runStoreOn } from './runs/open-run-store.js';
import { takeOrders } from './submit/orders.js';
import { takeTaskOrders } from './tasks/task-orders.js';
import { runFiles } from './worker/run-files.js';

/** Serves training until the first signal to stop; the second one ends the process at once. */
export async function serve(environment: TrainingEnvironment, onReady: (url: string) => void): Promise<void> {
  const signal = firstStopSignal({ force: () => process.exit(forcedExitCode) });
  const clock = () => new Date();
  const logger = createLogger({ service: 'training', level: environment.logLevel });
  const metrics = createMetrics('training');

  const { databaseUrl, databaseFolder, runsFolder, workerProgram, stopGraceMs } = environment;
  const database = await openTrainingDatabase(
    databaseUrl === undefined ? { dataFolder: databaseFolder } : { databaseUrl },
  );
  const store = runStoreOn(database, clock);
  const tokenStore = openTokenStore(database, clock);
  const access = openAuthenticator(environment.access, { checkToken: tokenStore.check });
  const tokens = takeTokenOrders(tokenStore, clock);
  const audit = openAuditLog({ database, table: auditTable, logger, clock });
  const sealedTasks = await openSealedTasks(environment.accessSecretFile, clock);
  const program = workerProgram === undefined ? {} : { program: workerProgram };
  const blobs = openArchiveBlobs({ database, blobs: await openBlobs(environment.blobs, logger), clock });
  const archive = openRunArchive({ database, blobs, clock });
  const executor = mirrored(new LocalExecutor({ runsFolder, ...program }), {
    mirror: openMirror({ archive, runsFolder, logger }),
    restore: restoring({ archive, store, runsFolder }),
  });
  const estimator = openEstimator(program);
  const { registry, keysFolder, logitsFolder } = environment;
  // What a process that was killed has left.
  await rm(logitsFolder, { recursive: true, force: true });
  const logitsDesk = openLogitsDesk({ registry, keysFolder, folder: logitsFolder, ...program });
  const filesOf = (id: string) => runFiles(join(runsFolder, id));
  const bringModel = (id: string) => restoreModel(archive, id, filesOf(id).folder);
  // Where nobody gave an address it is known once the service listens, and no address is signed before.
  let publicUrl = environment.publicUrl ?? '';
  const urls = await openSignedUrls({
    secret: { file: environment.urlSecretFile },
    publicUrl: () => publicUrl,
    clock,
  });
  const keptEpochsOf = (id: string) => epochsOfRun(archive, id, filesOf(id));
  const hub = openRunHub({
    store,
    onFailure: (error) => logger.error({ err: error }, 'Events could not be read.'),
  });

  const collection = collectRegularly(blobs, logger);

  const total = environment.runsAtOnce ?? runsAtOnce(thisMachine());
  const limits = { total, perUser: environment.runsPerUser ?? total };

  try {
    const onNews = (runId: string) => hub.poke(runId);
    const pods = await podsOf(environment, { store, logger, clock, onNews });
    const conductor =
      pods?.conductor ??
      (await openConductor({
        store,
        executor,
        logger,
        clock,
        atOnce: limits.total,
        perUser: limits.perUser,
        onNews,
        timings: { graceMs: stopGraceMs },
      }));
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
          tokens,
          audit,
          conductor,
          limits: pods === undefined ? limits : undefined,
          keptEpochs: keptEpochsOf,
          orders: takeOrders({ store, keptEpochs: keptEpochsOf, wake: () => conductor.wake() }),
          tasks: takeTaskOrders({
            store,
            modelOf: async (id) => {
              await bringModel(id);
              return filesOf(id).model;
            },
            wake: () => conductor.wake(),
          }),
          files: openFilesOfRuns({ store, filesOf, archive, urls, clock }),
          publishRun: publishRunTo({
            registry,
            keysFolder,
            runOf: (id) => store.run(id),
            filesOf,
            bringModel,
          }),
          estimate: (spec) => estimator.estimate(spec),
          logits: (request, authorization) => logitsDesk.logitsOf(request, authorization),
        }),
        access,
        routes: {
          paths: [...filePaths, ...accessPaths, ...(pods === undefined ? [] : podPaths)],
          add: (app) => {
            addFileRoutes(app, { store, filesOf, archive, urls, logger });
            if (pods !== undefined)
              addPodRoutes(app, { ears: pods.conductor.ears, archive, tokens: pods.tokens, logger });
            addIssueRoute(app, sealedTasks, { tokens, audit });
            if (!access.open) addCheckRoute(app, tokenStore.check);
          },
        },
        subscriptions: true,
        hostNames: [environment.publicUrl, environment.cluster?.serviceUrl].flatMap((url) =>
          url === undefined ? [] : [new URL(url).hostname],
        ),
        checkReady: () => store.ping(),
        stopNoticeMs: environment.stopNoticeMs,
      });
      if (publicUrl === '') publicUrl = service.url;
      onReady(service.url);

      logger.info({ signal: await signal }, 'stopping');
      estimator.close();
      logitsDesk.close();
      // At the same time: a client that is slow to leave must not cost the workers the time for their checkpoints.
      await Promise.all([service.stop(), conductor.stop()]);
    } finally {
      await conductor.stop();
    }
  } finally {
    estimator.close();
    logitsDesk.close();
    await hub.close();
    await collection.stop();
    await executor.close();
    await store.close();
  }
}

/** Where runs are Jobs of a cluster: who conducts them, and the tokens of their pods. */
async function podsOf(
  { cluster: settings, podSecretFile }: TrainingEnvironment,
  parts: Pick<ClusterConductorOptions, 'store' | 'logger' | 'clock'> & {
    readonly onNews: (runId: string) => void;
  },
): Promise<{ readonly conductor: ClusterConductor; readonly tokens: PodTokens } | undefined> {
  if (settings === undefined) return undefined;
  // The client of Kubernetes costs a second and 70 MB, which nobody pays who does not want it.
  const { conductOnCluster } = await import('./cluster/conduct-on-cluster.js');
  const tokens = await openPodTokens(podSecretFile);
  return { conductor: conductOnCluster({ ...parts, settings, tokens }), tokens };
}

/** What a shell reports of a process that was interrupted. */
const forcedExitCode = 130;
