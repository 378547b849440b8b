import {
  createLogger,
  createMetrics,
  firstStopSignal,
  openAuthenticator,
  openSignedUrls,
  startService,
} from '@moda/service-kit';
import { openAuditLog } from '@moda/service-kit/database';
import { catalogueOn, openRegistryDatabase } from './catalogue/open-catalogue.js';
import { audit as auditTable } from './catalogue/schema/index.js';
import { openComposer } from './compose/composer.js';
import { collectRegularly } from './collect-regularly.js';
import { openDownloads } from './download/downloads.js';
import type { RegistryEnvironment } from './environment.js';
import { exampleQuestion } from './graphql/example-question.js';
import { buildRegistrySchema } from './graphql/registry-schema.js';
import { addByteRoutes, bytePaths } from './http/byte-routes.js';
import { openTrust } from './keys/trust.js';
import { openBlobs } from './open-blobs.js';
import { openParents } from './parents/parents.js';
import { openPublishing } from './publish/publishing.js';

/** Serves the registry until the first signal to stop; the second one ends the process at once. */
export async function serve(environment: RegistryEnvironment, onReady: (url: string) => void): Promise<void> {
  const signal = firstStopSignal({ force: () => process.exit(forcedExitCode) });
  const clock = () => new Date();
  const logger = createLogger({ service: 'registry', level: environment.logLevel });
  const metrics = createMetrics('registry');

  const blobs = await openBlobs(environment.blobs);
  const trust = await openTrust({
    folder: environment.keysFolder,
    signingKeyFile: environment.signingKeyFile,
    trustedKeysFile: environment.trustedKeysFile,
    allowUnsigned: environment.allowUnsigned,
  });
  // Where nobody gave an address it is known once the service listens, and no address is signed before.
  let publicUrl = environment.publicUrl ?? '';
  const urls = await openSignedUrls({
    secret: { file: environment.urlSecretFile },
    publicUrl: () => publicUrl,
    clock,
  });
  const database = await openRegistryDatabase({
    databaseUrl: environment.databaseUrl,
    dataFolder: environment.databaseFolder,
  });
  const catalogue = catalogueOn(database, clock);

  try {
    const parents = openParents({ blobs });
    const onFailure = (error: unknown) => logger.error({ err: error }, 'A cut could not be stored.');
    const composer = openComposer({ catalogue, blobs, trust, parents, clock, onFailure });
    const downloads = openDownloads({ catalogue, blobs, composer, urls, clock });
    const publishing = openPublishing({ catalogue, blobs, trust, urls, clock });

    const audit = openAuditLog({ database, table: auditTable, logger, clock });
    const service = await startService({
      host: environment.host,
      port: environment.port,
      logger,
      metrics,
      title: 'MODA registry',
      example: exampleQuestion,
      schema: await buildRegistrySchema({ catalogue, publishing, downloads, composer, audit, clock }),
      access: openAuthenticator(environment.access),
      routes: {
        paths: bytePaths,
        add: (app) => addByteRoutes(app, { blobs, catalogue, composer, publishing, urls, logger }),
      },
      hostNames: environment.publicUrl === undefined ? [] : [new URL(environment.publicUrl).hostname],
      checkReady: () => catalogue.ping(),
      stopNoticeMs: environment.stopNoticeMs,
    });
    if (publicUrl === '') publicUrl = service.url;
    const collection = collectRegularly({ catalogue, blobs, clock, logger });
    onReady(service.url);

    logger.info({ signal: await signal }, 'stopping');
    await service.stop();
    await collection.stop();
    await composer.close();
  } finally {
    await catalogue.close();
  }
}

/** What a shell reports of a process that was interrupted. */
const forcedExitCode = 130;
