import type { GatewayClient } from '@moda/gateway-client';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { missing } from '../gateway/refusal';
import {
  PublishableRunsDocument,
  RunToPublishDocument,
  type RunToPublishQuery,
  TakenVersionsDocument,
} from '../graphql/generated/operations';

export type RunToPublish = NonNullable<RunToPublishQuery['run']>;

/** The newest of those that have succeeded. */
const mostRuns = 50;

export function publishableRuns(client: GatewayClient, text: string) {
  return queryOptions({
    queryKey: ['publishableRuns', text],
    queryFn: async ({ signal }) => {
      const variables = { first: mostRuns, after: null, text: text === '' ? null : text };
      return (await client.ask(PublishableRunsDocument, variables, signal)).runs ?? missing();
    },
    placeholderData: keepPreviousData,
  });
}

/** A run with all that is checked of it, and who asks; the registry may be away. */
export function runToPublish(client: GatewayClient, id: string) {
  return queryOptions({
    queryKey: ['runToPublish', id],
    queryFn: async ({ signal }) => {
      const { data, errors } = await client.askPartly(RunToPublishDocument, { id }, signal);
      if (data?.run == null && errors[0] !== undefined) throw errors[0];
      return { run: data?.run ?? null, me: data?.me ?? null };
    },
  });
}

/** Versions that a model has, also those that were yanked: their numbers stay taken. */
export function takenVersions(client: GatewayClient, owner: string, model: string) {
  return queryOptions({
    queryKey: ['takenVersions', owner, model],
    queryFn: async ({ signal }) => {
      const { model: known } = await client.ask(TakenVersionsDocument, { owner, model }, signal);
      return known?.versions?.edges.map(({ node }) => node.version) ?? [];
    },
  });
}
