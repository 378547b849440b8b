import type { GatewayClient } from '@moda/gateway-client';
import { queryOptions } from '@tanstack/react-query';
import { missing, unlessRefused } from '../gateway/refusal';
import { createTurns } from '../gateway/turns';
import {
  ClassAccuraciesDocument,
  CompatibilityDocument,
  ModelsWithClassDocument,
  PriceDocument,
} from '../graphql/generated/operations';
import { readVersionReference } from '../references/version-reference';
import type { InputSize } from '../search/search-state';
import type { Offer } from './budget';
import type { Candidate, OfferedVersion } from './candidate';
import { meanAccuracy } from './expected-accuracy';
import { thresholdsToPrice } from './thresholds';

/** More models of one class than these are not looked through; the most accurate come first. */
const mostFound = 50;

/** Each model takes a handful of questions, and what somebody types does not wait behind them. */
const modelTurns = createTurns(2);

export interface ModelOffer extends Offer, Pick<Candidate, 'classes' | 'dataset'> {
  /** Whether the threshold is the one that the publisher recommends. */
  readonly isPublishedTau: boolean;
}

/** The newest versions of models with a class of such a name that take such images, the most accurate first. */
export function modelsWithClass(client: GatewayClient, className: string, input: InputSize | undefined) {
  const criteria = { className, input: input ?? null };
  return queryOptions({
    queryKey: ['modelsWithClass', criteria],
    queryFn: async ({ signal }): Promise<readonly OfferedVersion[]> => {
      const variables = { first: mostFound, criteria };
      const { searchModels } = await client.ask(ModelsWithClassDocument, variables, signal);
      return (searchModels ?? missing()).edges.map(({ node }) => node);
    },
  });
}

/**
 * What a model asks for its classes at each threshold that is looked at; nothing where it does not go with the cart.
 *
 * @param base `owner/model@version` that the cart is composed from
 * @param chosenTau threshold of the cart where it is not the version's own, 0..1
 */
export function offersOf(
  client: GatewayClient,
  candidate: Candidate,
  base: string,
  chosenTau: number | undefined,
) {
  const taus = thresholdsToPrice(candidate.tau, chosenTau);
  return queryOptions({
    queryKey: ['offers', base, candidate.of, candidate.classes, taus],
    queryFn: ({ signal }) =>
      modelTurns(async (): Promise<readonly ModelOffer[]> => {
        if (!(await goesWith(client, candidate.of, base, signal))) return [];
        const [accuracy, ...offers] = await Promise.all([
          storedAccuracy(client, candidate, signal),
          ...taus.map((tau) => pricedAt(client, candidate, tau, signal)),
        ]);
        return offers.map((offer) => (offer.isPublishedTau ? { ...offer, accuracy } : offer));
      }, signal),
    staleTime: Infinity,
  });
}

async function goesWith(
  client: GatewayClient,
  of: string,
  base: string,
  signal: AbortSignal,
): Promise<boolean> {
  if (of === base) return true;
  const { compatibility } = await client.ask(CompatibilityDocument, { a: base, b: of }, signal);
  return unlessRefused(compatibility).kind !== 'impossible';
}

async function storedAccuracy(
  client: GatewayClient,
  { of, classes }: Candidate,
  signal: AbortSignal,
): Promise<number | undefined> {
  const name = readVersionReference(of);
  if (name === undefined) return undefined;
  const variables = { owner: name.owner, model: name.model, selector: name.version };
  const { version } = await client.ask(ClassAccuraciesDocument, variables, signal);
  return meanAccuracy(version?.modules ?? [], classes);
}

async function pricedAt(
  client: GatewayClient,
  { of, classes, dataset, tau: published }: Candidate,
  tau: number,
  signal: AbortSignal,
): Promise<ModelOffer> {
  const variables = { reference: of, classes, tau, candidates: [] };
  const { weightsBytes, flops } = unlessRefused((await client.ask(PriceDocument, variables, signal)).price);
  return {
    of,
    classes,
    dataset,
    tau,
    isPublishedTau: tau === published,
    weightsBytes,
    flops,
    accuracy: undefined,
  };
}
