import type { GatewayClient } from '@moda/gateway-client';
import { queryOptions } from '@tanstack/react-query';
import { unlessRefused } from '../gateway/refusal';
import { CartVersionDocument, CompatibilityDocument, PriceDocument } from '../graphql/generated/operations';
import { createTurns } from '../gateway/turns';
import { readVersionReference } from '../references/version-reference';

/** What was published never changes, but its state may. */
const versionFreshForMs = 60_000;

/** A page of results asks for dozens of verdicts; what somebody types does not wait behind them. */
const verdictTurns = createTurns(2);

/** The version of which a cart holds classes; null where nobody knows it. */
export function cartVersion(client: GatewayClient, of: string) {
  return queryOptions({
    queryKey: ['cartVersion', of],
    queryFn: async ({ signal }) => {
      const name = readVersionReference(of);
      if (name === undefined) return null;
      const { owner, model, version: selector } = name;
      return (await client.ask(CartVersionDocument, { owner, model, selector }, signal)).version;
    },
    staleTime: versionFreshForMs,
  });
}

/** What classes cost together and what each further one would add. */
export function priceOfSet(
  client: GatewayClient,
  set: {
    readonly of: string;
    readonly classes: readonly number[];
    /** Threshold, 0..1; the version's own where it is left out. */
    readonly tau?: number | undefined;
    /** Classes whose addition is priced; all where left out. */
    readonly candidates?: readonly number[];
  },
) {
  const { of, classes, tau, candidates } = set;
  return queryOptions({
    queryKey: ['price', of, classes, tau ?? null, candidates ?? null],
    queryFn: async ({ signal }) => {
      const variables = { reference: of, classes, tau: tau ?? null, candidates: candidates ?? null };
      return unlessRefused((await client.ask(PriceDocument, variables, signal)).price);
    },
    staleTime: Infinity,
  });
}

/** Whether classes of two versions can be in one model. */
export function verdictOn(client: GatewayClient, a: string, b: string) {
  return queryOptions({
    queryKey: ['verdict', a, b],
    queryFn: ({ signal }) =>
      verdictTurns(
        async () => unlessRefused((await client.ask(CompatibilityDocument, { a, b }, signal)).compatibility),
        signal,
      ),
    staleTime: Infinity,
  });
}
