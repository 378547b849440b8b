import { type DocumentNode, print } from 'graphql';
import type { Request } from './subgraph.js';

/** The same parts of questions come again and again. */
const printed = new WeakMap<DocumentNode, string>();

export function bodyOf({ document, variables, operationName }: Request): string {
  const query = printed.get(document) ?? print(document);
  printed.set(document, query);
  return JSON.stringify({ query, variables, operationName });
}
