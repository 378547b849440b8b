import { z } from 'zod';
import { documentOf } from '../../gateway/document.js';
import { summaryFields, summarySchema } from './run-fields.js';

export const runOrders = ['newest', 'oldest', 'queue', 'mostAccurate'] as const;

export interface RunCriteria {
  readonly ids?: readonly string[] | undefined;
  readonly experiment?: string | undefined;
  readonly user?: string | undefined;
  readonly states?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly text?: string | undefined;
  readonly archived?: 'yes' | 'no' | 'any' | undefined;
}

export interface ListRequest {
  readonly criteria: RunCriteria;
  readonly order: (typeof runOrders)[number];
  readonly first: number;
  readonly after?: string | undefined;
}

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });

const listed = z.object({
  runs: z.object({
    edges: z.array(z.object({ node: summarySchema })),
    pageInfo,
    totalEstimate: z.number(),
  }),
});

export const listDocument = documentOf<ListRequest, z.infer<typeof listed>>(
  `query Runs($criteria: RunCriteriaInput, $order: RunOrder!, $first: Int!, $after: String) {
    runs(criteria: $criteria, order: $order, first: $first, after: $after) {
      edges { node { ${summaryFields} } } pageInfo { hasNextPage endCursor } totalEstimate
    }
  }`,
  listed,
);

export interface FindRequest {
  readonly id: string;
  /** The same: an id is part of what is searched for a text. */
  readonly text: string;
  readonly after?: string | undefined;
}

const found = z.object({
  run: z.object({ id: z.string() }).nullable(),
  runs: z.object({ edges: z.array(z.object({ node: z.object({ id: z.string() }) })), pageInfo }),
});

export const findDocument = documentOf<FindRequest, z.infer<typeof found>>(
  `query FindRun($id: ID!, $text: String!, $after: String) {
    run(id: $id) { id }
    runs(criteria: { text: $text, archived: any }, first: 100, after: $after) {
      edges { node { id } } pageInfo { hasNextPage endCursor }
    }
  }`,
  found,
);

const newest = z.object({
  runs: z.object({ edges: z.array(z.object({ node: z.object({ id: z.string() }) })) }),
});

export const newestDocument = documentOf<object, z.infer<typeof newest>>(
  'query NewestRun { runs(first: 1, order: newest) { edges { node { id } } } }',
  newest,
);
