import type { GatewayClient } from '@moda/gateway-client';
import { GatewayError } from '@moda/gateway-client';
import { TryPageDocument } from '../graphql/generated/operations';
import type { FirstPrice } from './first-price';
import type { AskedChoice } from './read-choice';

/** What is known of a set when its page is made. */
export interface FirstFacts {
  readonly of: string;
  readonly classes: readonly number[];
  /** Threshold, 0..1. */
  readonly tau: number;
  /** Names of the classes, or their positions where nobody answered. */
  readonly names: readonly string[];
  readonly price: FirstPrice | undefined;
}

/** Where neither the address nor the registry says at which threshold. */
const defaultTau = 0.9;

/** Asks for names and sizes. Where nobody answers in time the page comes without them: it finds out by itself. */
export async function askFirstFacts(
  gateway: Pick<GatewayClient, 'askPartly'>,
  { of, classes, tau }: AskedChoice,
): Promise<FirstFacts> {
  const variables = { reference: of, classes, tau: tau ?? null };
  const { data } = await gateway.askPartly(TryPageDocument, variables).catch((error: unknown) => {
    if (error instanceof GatewayError) return { data: undefined };
    throw error;
  });
  const resolved = data?.resolve?.__typename === 'Resolved' ? data.resolve : undefined;
  const price = data?.price?.__typename === 'Price' ? data.price : undefined;
  const names = classes.map(
    (index) => resolved?.version.classes.find((each) => each.index === index)?.name ?? String(index),
  );
  return {
    of: resolved?.version.reference ?? of,
    classes,
    tau: tau ?? resolved?.tau ?? defaultTau,
    names,
    price:
      price === undefined || resolved === undefined
        ? undefined
        : {
            weightsBytes: price.weightsBytes,
            wholeWeightsBytes: resolved.version.weightsBytes,
            share: price.share,
            flops: price.flops,
            flopsShare: price.flopsShare,
          },
  };
}
