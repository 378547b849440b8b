import { ModaError } from '@moda/contracts';
import { z } from 'zod';
import type { GatewayClient } from '../gateway/gateway-client.js';
import { problemFields, problemSchema } from './problem.js';

/** What the modules of the first experiment are called in the registry. */
export const publishedAs = {
  owner: 'local',
  model: 'digits',
  version: '1.0.0',
  license: 'Apache-2.0',
} as const;

const publishQuestion = `mutation PublishModules($input: PublishRunInput!) {
  publishRun(input: $input) { __typename ... on Publication { created digest reference } ${problemFields} }
}`;
const publishSchema = z.object({
  publishRun: z.discriminatedUnion('__typename', [
    z.object({
      __typename: z.literal('Publication'),
      created: z.boolean(),
      digest: z.string(),
      reference: z.string(),
    }),
    problemSchema,
  ]),
});

const versionQuestion = `query PublishedModules($owner: String!, $model: String!, $selector: String!) {
  version(owner: $owner, model: $model, selector: $selector) {
    reference digest accuracy modules { className share } run { id name state }
  }
}`;
const versionSchema = z.object({
  version: z
    .object({
      reference: z.string(),
      digest: z.string(),
      accuracy: z.number().nullable(),
      modules: z.array(z.object({ className: z.string(), share: z.number() })).nullable(),
      run: z.object({ id: z.string(), name: z.string().nullable(), state: z.string() }).nullable(),
    })
    .nullable(),
});

/** The modules as the gateway tells of them: from the registry, with their run from the training service. */
export interface PublishedModules {
  readonly reference: string;
  readonly created: boolean;
  /** Of the whole model on its test images, 0..1. */
  readonly accuracy: number | null;
  readonly classes: readonly string[];
  readonly runId: string | undefined;
}

/**
 * Publishes the model of a run with its modules, and asks the gateway for it back. One that is there already stays as it is.
 * @throws ModaError EXPERIMENT_FAILED
 */
export async function publishModules(client: GatewayClient, runId: string): Promise<PublishedModules> {
  const { owner, model, version } = publishedAs;
  const { publishRun: published } = await client.ask(
    publishQuestion,
    { input: { id: runId, ...publishedAs } },
    publishSchema,
  );
  if (published.__typename === 'Problem' && published.code !== 'VERSION_TAKEN')
    throw new ModaError('EXPERIMENT_FAILED', `The modules were not published: ${published.message}`, {
      code: published.code,
    });
  const { version: found } = await client.ask(
    versionQuestion,
    { owner, model, selector: version },
    versionSchema,
  );
  if (found === null)
    throw new ModaError(
      'EXPERIMENT_FAILED',
      `The registry does not know ${owner}/${model}@${version}, which was just published; see its log.`,
    );
  return {
    reference: found.reference,
    created: published.__typename === 'Publication' && published.created,
    accuracy: found.accuracy,
    classes: (found.modules ?? []).map(({ className }) => className),
    runId: found.run?.id,
  };
}
