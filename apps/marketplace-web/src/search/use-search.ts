'use client';

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { debounce, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { cartVersion } from '../cart/cart-questions';
import { useCart } from '../cart/use-cart';
import { gateway } from '../gateway/browser-client';
import { modelPages, modulePages } from './search-questions';
import { criteriaOf, searchParsers, type SearchState } from './search-state';
import { useLater } from './use-later';

/** Between a key press and the question (ms). */
const restMs = 120;

export interface Search {
  readonly state: SearchState;
  /** Changes the search at once and its address soon after. Null takes a choice back. */
  readonly change: (change: Partial<{ [Name in keyof SearchState]: SearchState[Name] | null }>) => void;
  /** The version that what is found has to go with; undefined while the cart is empty. */
  readonly cartOf: string | undefined;
  readonly onlyWhatGoes: boolean;
}

/** The search as the address says it. */
export function useSearch(): Search {
  const [state, setState] = useQueryStates(searchParsers, { clearOnDefault: true });
  const [cart] = useCart();
  const cartOf = cart.groups[0]?.of;
  return {
    state,
    change: (change) => {
      const isTyped = 'q' in change || 'words' in change;
      void setState(change, isTyped ? { limitUrlUpdates: debounce(restMs) } : { history: 'push' });
    },
    cartOf,
    onlyWhatGoes: cartOf !== undefined && state.goes !== 'no',
  };
}

/** What is asked for: the search once the typing rests, and what the cart asks for. */
function useCriteria({ state, cartOf, onlyWhatGoes }: Search) {
  const { data: version } = useQuery({
    ...cartVersion(gateway, cartOf ?? ''),
    enabled: onlyWhatGoes && cartOf !== undefined,
  });
  const [q, words] = [useLater(state.q, restMs), useLater(state.words, restMs)];
  return useMemo(
    () => criteriaOf({ ...state, q, words }, onlyWhatGoes ? (version?.input ?? undefined) : undefined),
    [state, q, words, onlyWhatGoes, version],
  );
}

/** Modules that are found; those of the search before while new ones come. */
export function useFoundModules(search: Search) {
  const criteria = useCriteria(search);
  return useInfiniteQuery({
    ...modulePages(gateway, criteria, search.state.order),
    placeholderData: keepPreviousData,
  });
}

/** Models that are found. */
export function useFoundModels(search: Search) {
  const criteria = useCriteria(search);
  return useInfiniteQuery({
    ...modelPages(gateway, criteria, search.state.order),
    placeholderData: keepPreviousData,
  });
}
