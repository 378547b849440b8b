import { join } from 'node:path';
import {
  openKeyring,
  publishFolder,
  type Published,
  RegistryClient,
  withSigningKey,
} from '@moda/module-library';
import { type Problem, problem } from '../problem/problem.js';
import type { RunRecord } from '../runs/run-record.js';

export interface PublishRequest {
  readonly owner: string;
  readonly model: string;
  readonly version: string;
  /** SPDX identifier. */
  readonly license: string;
}

export type PublishRun = (run: RunRecord, request: PublishRequest) => Promise<Published | Problem>;

export interface PublishRunOptions {
  /** Address of the registry. */
  readonly registry: string;
  readonly keysFolder: string;
  readonly runFolder: (id: string) => string;
}

/** Publishes the model of a run that has succeeded, under the key of this machine. */
export function publishRunTo({ registry, keysFolder, runFolder }: PublishRunOptions): PublishRun {
  return async (run, { owner, model, version, license }) => {
    if (run.state !== 'succeeded')
      return problem(
        'RUN_STATE_REFUSED',
        `Run ${run.id} is ${run.state}; it can be published once it has succeeded.`,
        { details: { state: run.state } },
      );
    const { signingKey } = await withSigningKey(await openKeyring(keysFolder));
    return publishFolder({
      client: new RegistryClient(registry),
      folder: join(runFolder(run.id), 'model'),
      reference: `${owner}/${model}@${version}`,
      license,
      runId: run.id,
      signingKey,
    });
  };
}
