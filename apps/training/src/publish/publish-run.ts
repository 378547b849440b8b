import {
  openKeyring,
  publishFolder,
  type Published,
  RegistryClient,
  withSigningKey,
} from '@moda/module-library';
import { type Problem, problem } from '../problem/problem.js';
import type { RunRecord } from '../runs/run-record.js';
import { holdsModel, type StagePlaces, withStagedModel } from './stage-model.js';

export interface PublishRequest {
  readonly owner: string;
  readonly model: string;
  readonly version: string;
  /** SPDX identifier. */
  readonly license: string;
}

/** @param authorization of the caller: the registry has to allow it, too */
export type PublishRun = (
  run: RunRecord,
  request: PublishRequest,
  authorization: string | undefined,
) => Promise<Published | Problem>;

export interface PublishRunOptions extends StagePlaces {
  /** Address of the registry. */
  readonly registry: string;
  readonly keysFolder: string;
}

/** Publishes the model of a run that has succeeded, under the key of this machine. */
export function publishRunTo({ registry, keysFolder, ...places }: PublishRunOptions): PublishRun {
  return async (run, { owner, model, version, license }, authorization) => {
    if (run.state !== 'succeeded')
      return problem(
        'RUN_STATE_REFUSED',
        `Run ${run.id} is ${run.state}; it can be published once it has succeeded.`,
        { details: { state: run.state } },
      );
    if (!(await holdsModel(run.id, places)))
      return problem('MODEL_INVALID', `The model of run ${run.id} is not there any more; train it again.`, {
        details: { runId: run.id },
      });
    const { signingKey } = await withSigningKey(await openKeyring(keysFolder));
    return withStagedModel(run, license, places, (folder) =>
      publishFolder({
        client: new RegistryClient(registry, undefined, authorization),
        folder,
        reference: `${owner}/${model}@${version}`,
        license,
        runId: run.id,
        signingKey,
      }),
    );
  };
}
