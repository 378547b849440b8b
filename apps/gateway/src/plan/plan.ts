import type { GraphQLObjectType } from 'graphql';
import type { ObjectShape } from './shape.js';

/** How the answer to one operation is put together from those of several services. */
export interface Plan {
  readonly operation: 'query' | 'mutation';
  /** One after the other for a mutation, all at once for a query. */
  readonly fetches: readonly Fetch[];
  /** What the caller asked for, in order. */
  readonly shape: ObjectShape;
  readonly rootType: GraphQLObjectType;
}

/** A step down from an object: into a field of the answer, or on only where the object is of a type. */
export type Step = { readonly field: string } | { readonly type: string };

/** A question to one service. */
export interface Fetch {
  readonly service: string;
  readonly operation: 'query' | 'mutation';
  /** The text of the question as a JSON string. */
  readonly queryJson: string;
  /** Names of the variables of the caller that the text uses. */
  readonly variables: readonly string[];
  /** What is asked of entities; absent where it is asked of the root. */
  readonly entities?: EntityFetch;
  /** The first field that is missing where the service does not answer. */
  readonly firstField: string;
  /** From the objects that this fetch fills to those that the next ones fill. */
  readonly next: readonly Fetch[];
}

export interface EntityFetch {
  /** Type of the entities. */
  readonly type: string;
  /** The field of the answer that tells them apart. */
  readonly key: string;
  /** From the objects that the fetch before filled. */
  readonly steps: readonly Step[];
  /** Name of the variable that names them. */
  readonly variable: string;
}

/** Characters of all its questions: what a plan takes grows with them. */
export function planSize({ fetches }: Plan): number {
  return fetches.reduce((sum, fetch) => sum + fetchSize(fetch), 0);
}

function fetchSize({ queryJson, next }: Fetch): number {
  return queryJson.length + next.reduce((sum, fetch) => sum + fetchSize(fetch), 0);
}
