import { readFile } from 'node:fs/promises';
import { createLogger, firstStopSignal, openAuthenticator } from '@moda/service-kit';
import { createTrustedDocuments, readTrustedDocuments } from './documents/trusted-documents.js';
import type { GatewayEnvironment } from './environment.js';
import { startGateway } from './http/start-gateway.js';
import { defaultQuestionLimits } from './questions/limits.js';
import { supergraphFile } from './supergraph/read-subgraphs.js';

/** Serves the gateway until the first signal to stop; the second one ends the process at once. */
export async function serve(environment: GatewayEnvironment, onReady: (url: string) => void): Promise<void> {
  const signal = firstStopSignal({ force: () => process.exit(forcedExitCode) });
  const { host, port, subgraphs, trustedDocuments, trustedOnly, publicUrl, stopNoticeMs } = environment;
  const logger = createLogger({ service: 'gateway', level: environment.logLevel });

  const documents =
    trustedDocuments === undefined ? new Map<string, string>() : await readTrustedDocuments(trustedDocuments);
  const gateway = await startGateway({
    host,
    port,
    logger,
    supergraphSdl: await readFile(supergraphFile, 'utf8'),
    subgraphs,
    access: openAuthenticator(environment.access),
    rules: {
      limits: defaultQuestionLimits,
      trusted: createTrustedDocuments({ documents, only: trustedOnly }),
    },
    hostNames: publicUrl === undefined ? [] : [new URL(publicUrl).hostname],
    stopNoticeMs,
  });
  onReady(gateway.url);

  logger.info({ signal: await signal }, 'stopping');
  await gateway.stop();
}

/** What a shell reports of a process that was interrupted. */
const forcedExitCode = 130;
