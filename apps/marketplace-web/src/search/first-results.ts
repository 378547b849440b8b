import type { GatewayClient } from '@moda/gateway-client';
import type { QueryClient } from '@tanstack/react-query';
import type { Cart } from '../cart/cart';
import { cartVersion } from '../cart/cart-questions';
import { modelPages, modulePages } from './search-questions';
import { criteriaOf, type SearchState } from './search-state';

/** Asks for what a search shows first: of what goes with the cart, unless somebody wants to see everything. */
export async function firstResults(
  queries: QueryClient,
  gateway: GatewayClient,
  state: SearchState,
  cart: Cart | undefined,
): Promise<unknown> {
  const cartOf = state.goes === 'no' ? undefined : cart?.groups[0]?.of;
  const version = cartOf === undefined ? null : await queries.query(cartVersion(gateway, cartOf));
  const criteria = criteriaOf(state, version?.input ?? undefined);
  return state.kind === 'modules'
    ? queries.infiniteQuery(modulePages(gateway, criteria, state.order))
    : queries.infiniteQuery(modelPages(gateway, criteria, state.order));
}
