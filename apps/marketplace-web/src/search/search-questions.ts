import type { GatewayClient } from '@moda/gateway-client';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { missing } from '../gateway/refusal';
import {
  ClassNamesDocument,
  SearchFacetsDocument,
  type SearchCriteriaInput,
  SearchModelsDocument,
  SearchModulesDocument,
  type SearchOrder,
} from '../graphql/generated/operations';

/** So many fill a screen, and are drawn between two key presses; the next page is asked for before the last one ends. */
export const pageSize = 24;

/** What is offered changes with each release, which is rare (ms). */
const facetsFreshForMs = 300_000;

/** Modules page by page; every page shows what the first one could have shown. */
export function modulePages(client: GatewayClient, criteria: SearchCriteriaInput, order: SearchOrder) {
  return infiniteQueryOptions({
    queryKey: ['search', 'modules', criteria, order],
    queryFn: async ({ pageParam, signal }) => {
      const variables = { first: pageSize, after: pageParam, criteria, order };
      const { searchModules } = await client.ask(SearchModulesDocument, variables, signal);
      return searchModules ?? missing();
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
  });
}

/** Whole models, likewise. */
export function modelPages(client: GatewayClient, criteria: SearchCriteriaInput, order: SearchOrder) {
  return infiniteQueryOptions({
    queryKey: ['search', 'models', criteria, order],
    queryFn: async ({ pageParam, signal }) => {
      const variables = { first: pageSize, after: pageParam, criteria, order };
      const { searchModels } = await client.ask(SearchModelsDocument, variables, signal);
      return searchModels ?? missing();
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : null),
  });
}

/** What can be chosen from, the most frequent first. */
export function facetLists(client: GatewayClient) {
  return queryOptions({
    queryKey: ['facets'],
    queryFn: async ({ signal }) => (await client.ask(SearchFacetsDocument, {}, signal)).facets ?? missing(),
    staleTime: facetsFreshForMs,
  });
}

/** The names of all classes: thousands, so they come after the first page. */
export function classNames(client: GatewayClient) {
  return queryOptions({
    queryKey: ['classNames'],
    queryFn: async ({ signal }) =>
      (await client.ask(ClassNamesDocument, {}, signal)).facets?.classes ?? missing(),
    staleTime: facetsFreshForMs,
  });
}
