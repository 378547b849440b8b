'use client';

import { useQueries, useQuery } from '@tanstack/react-query';
import type { Cart } from '../cart/cart';
import { cartVersion } from '../cart/cart-questions';
import { namesOf } from '../cart/class-names';
import { gateway } from '../gateway/browser-client';
import { useLater } from '../search/use-later';
import { type ModelOffer, modelsWithClass, offersOf } from './budget-questions';
import { candidatesFor } from './candidate';

/** While a slider moves (ms). */
const restMs = 120;

export interface Offers {
  readonly offers: readonly ModelOffer[];
  /** Models that are asked; undefined until it is known which. */
  readonly models: number | undefined;
  /** Models that have not answered yet. */
  readonly awaited: number;
  /** Models that did not answer. */
  readonly failed: number;
  /** Why they did not, or why it is not known which models to ask; the first reason of several. */
  readonly error: Error | undefined;
}

/** What every model that has all classes of a cart asks for them. */
export function useOffers(cart: Cart): Offers {
  const [base] = cart.groups;
  const chosenTau = useLater(cart.tau, restMs);
  const versions = useQueries({ queries: cart.groups.map(({ of }) => cartVersion(gateway, of)) });
  const isCartKnown = versions.every(({ data }) => data !== undefined);
  const wanted = cart.groups.flatMap(({ classes }, at) => classes.map(namesOf(versions[at]?.data)));
  // A guess at the class that the fewest models have: `dog` is common, `dump truck` is not.
  const rarest = wanted.toSorted((a, b) => b.length - a.length).at(0) ?? '';
  const found = useQuery({
    ...modelsWithClass(gateway, rarest, versions[0]?.data?.input),
    enabled: isCartKnown && rarest !== '',
  });
  const isListKnown = isCartKnown && found.data !== undefined;
  const candidates = isListKnown
    ? candidatesFor(wanted, [...versions.flatMap(({ data }) => data ?? []), ...found.data])
    : [];
  const answers = useQueries({
    queries: candidates.map((candidate) => offersOf(gateway, candidate, base?.of ?? '', chosenTau)),
  });
  return {
    offers: answers.flatMap(({ data }) => data ?? []),
    models: isListKnown ? candidates.length : undefined,
    awaited: answers.filter(({ isPending }) => isPending).length,
    failed: answers.filter(({ isError }) => isError).length,
    error: [...versions, found, ...answers].find(({ error }) => error !== null)?.error ?? undefined,
  };
}
