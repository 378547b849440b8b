import type { GatewayClient } from '@moda/gateway-client';
import { QueryClient } from '@tanstack/react-query';
import { createLoader } from 'nuqs/server';
import { describe, expect, it } from 'vitest';
import type { Cart } from '../cart/cart';
import { CartVersionDocument } from '../graphql/generated/operations';
import { firstResults } from './first-results';
import { searchParsers } from './search-state';

const input = { height: 28, width: 28, channels: 1 };
const cart: Cart = { groups: [{ of: 'ada/digits@1.0.0', classes: [0] }] };
const nothing = { totalEstimate: 0, edges: [], pageInfo: { endCursor: null, hasNextPage: false } };
const load = createLoader(searchParsers);

/** What the registry is asked to find for the first paint. */
async function askedFor(query: string, of: Cart | undefined): Promise<unknown[]> {
  const criteria: unknown[] = [];
  const ask = async (document: unknown, variables: { criteria?: unknown }) => {
    if (document === CartVersionDocument) return { version: { input } };
    criteria.push(variables.criteria);
    return { searchModules: nothing, searchModels: nothing };
  };
  await firstResults(new QueryClient(), { ask } as unknown as GatewayClient, load(`?${query}`), of);
  return criteria;
}

describe('the first paint of a search', () => {
  it('is of what goes with the cart that came with the request, modules and models', async () => {
    expect(await askedFor('q=7', cart)).toEqual([{ className: '7', input }]);
    expect(await askedFor('kind=models', cart)).toEqual([{ input }]);
  });

  it('is of everything where somebody wants that, or no cart came', async () => {
    expect(await askedFor('q=7&goes=no', cart)).toEqual([{ className: '7' }]);
    expect(await askedFor('q=7', undefined)).toEqual([{ className: '7' }]);
    expect(await askedFor('q=7', { groups: [] })).toEqual([{ className: '7' }]);
  });
});
