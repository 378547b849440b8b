import { z } from 'zod';
import { type Document, documentOf } from './document.js';

/** What can be asked for; everything given must hold. */
export interface ModuleCriteria {
  readonly className?: string | undefined;
  readonly dataset?: string | undefined;
  readonly architecture?: string | undefined;
  readonly input?: { readonly height: number; readonly width: number; readonly channels: number } | undefined;
  /** SPDX identifier. */
  readonly license?: string | undefined;
  /** 0..1 */
  readonly minAccuracy?: number | undefined;
  readonly maxBytes?: number | undefined;
  readonly maxFlops?: number | undefined;
  readonly text?: string | undefined;
}

export const searchOrders = ['newest', 'smallest', 'fastest', 'mostAccurate', 'mostUsed'] as const;
export type ModuleOrder = (typeof searchOrders)[number];

export interface SearchRequest {
  readonly criteria: ModuleCriteria;
  readonly order: ModuleOrder;
  /** 1 to 100. */
  readonly first: number;
  readonly after?: string | undefined;
}

const foundModule = z.object({
  id: z.string(),
  reference: z.string(),
  className: z.string(),
  classIndex: z.int(),
  parameters: z.number(),
  share: z.number(),
  flops: z.number(),
  bytes: z.number(),
  accuracy: z.number().nullish(),
  version: z.object({
    reference: z.string(),
    architecture: z.string(),
    dataset: z.string().nullish(),
    license: z.string(),
    input: z.object({ height: z.int(), width: z.int(), channels: z.int() }),
    state: z.string(),
  }),
});

/** A class of a published version. */
export type ModuleFound = z.infer<typeof foundModule>;

const page = z.object({
  edges: z.array(z.object({ node: foundModule })),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
  totalEstimate: z.number(),
});

export const searchDocument: Document<
  SearchRequest,
  { readonly searchModules: z.infer<typeof page> | null }
> = documentOf(
  `query ($criteria: SearchCriteriaInput, $order: SearchOrder! = newest, $first: Int! = 20, $after: String) {
    searchModules(criteria: $criteria, order: $order, first: $first, after: $after) {
      edges {
        node {
          id reference className classIndex parameters share flops bytes accuracy
          version { reference architecture dataset license input { height width channels } state }
        }
      }
      pageInfo { hasNextPage endCursor }
      totalEstimate
    }
  }`,
  z.object({ searchModules: page.nullable() }),
);
