import { type GatewayClient, GatewayError } from '@moda/gateway-client';
import type { CompositionFacts } from '../compose/compose-in-page';
import type { CompositionChoice } from '../compose/composition-choice';
import { ServerLogitsDocument } from '../graphql/generated/operations';
import { classesReference } from '../references/version-reference';

/** What the server computes for the sample images with the same composition. */
export interface ServerLogits {
  /** `[count, classes]`, in the order of the samples and of the composition's classes. */
  readonly logits: Float32Array;
  /** On what, in words. */
  readonly device: string;
}

/**
 * The logits that the training service computes for a composition with native TensorFlow.
 *
 * @throws GatewayError; VERIFICATION_FAILED where the server computed another composition than this page
 */
export async function askServerLogits(
  gateway: Pick<GatewayClient, 'ask'>,
  { of, tau }: CompositionChoice,
  { classes, derivationDigest }: Pick<CompositionFacts, 'classes' | 'derivationDigest'>,
  pause: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
): Promise<ServerLogits> {
  const reference = classesReference(
    of,
    classes.map(({ name }) => name),
  );
  let { compositionLogits: answer } = await gateway.ask(ServerLogitsDocument, { reference, tau });
  for (let again = 0; again < mostQuestions && isPending(answer); again += 1) {
    await pause(againAfterMs);
    ({ compositionLogits: answer } = await gateway.ask(ServerLogitsDocument, { reference, tau }));
  }
  if (answer === null || answer.__typename === 'Problem')
    throw new GatewayError(
      answer?.code ?? 'SUBGRAPH_UNAVAILABLE',
      answer?.message ?? 'The training service does not answer; try again in a moment.',
    );
  const isSame =
    answer.digest === derivationDigest &&
    answer.classes.length === classes.length &&
    answer.classes.every(({ index }, position) => index === classes[position]?.index);
  if (!isSame)
    throw new GatewayError(
      'VERIFICATION_FAILED',
      'The server computed another composition than this page, so their logits cannot be compared; load the page again.',
    );
  return { logits: Float32Array.from(answer.logits.flat()), device: deviceOf(answer) };
}

/** The server goes on computing while it says so, and has the answer later. */
function isPending(answer: { readonly __typename: string } | null): boolean {
  return answer !== null && 'code' in answer && answer.code === 'LOGITS_PENDING';
}

/** A server that has just begun to load TensorFlow takes some seconds; one that needs minutes is not waited for. */
const againAfterMs = 1_000;
const mostQuestions = 30;

function deviceOf({ device, tensorFlow }: { device: string; tensorFlow: string | null }): string {
  return tensorFlow === null || device.includes('TensorFlow')
    ? device
    : `${device}, TensorFlow ${tensorFlow}`;
}
