import { ModaError } from '@moda/contracts';
import { z } from 'zod';
import type { GatewayClient, Variables } from '../gateway/gateway-client.js';
import { problemFields, problemSchema } from './problem.js';

/** A run as the platform sees it. */
export interface RunView {
  readonly id: string;
  readonly state: string;
}

/** A mutation that submits a run, and returns it as `submitted`. */
export interface Order {
  /** What it is, in words: `training "weak"`. */
  readonly what: string;
  /** Asks for `submissionFields` of a field `submitted`. */
  readonly question: string;
  readonly variables: Variables;
  /** The idempotency key that is among the variables. */
  readonly key: string;
}

const submission = z.discriminatedUnion('__typename', [
  z.object({
    __typename: z.literal('Submission'),
    created: z.boolean(),
    run: z.object({ id: z.string(), state: z.string() }),
  }),
  problemSchema,
]);
const answerSchema = z.object({ submitted: submission });

export const submissionFields = `__typename ... on Submission { created run { id state } } ${problemFields}`;

const resumeQuestion = `mutation ResumeRun($id: ID!, $key: String!) {
  submitted: resumeRun(id: $id, idempotencyKey: $key) { ${submissionFields} }
}`;

export const experimentName = 'first-experiment';

/** Of the digest: more than enough to tell plans apart. */
const keyDigits = 16;

/** The idempotency key of a part of the experiment: runs belong to a plan, and another one has others. */
export function keyOf(planDigest: string, part: string): string {
  return `${experimentName}/${planDigest.slice(0, keyDigits)}/${part}`;
}

/**
 * The run of an order: the one of an earlier start if there is one, else a new one. One that was cancelled or has failed goes on, once each
 * time the platform is started.
 *
 * @throws ModaError EXPERIMENT_FAILED
 */
export async function submitOnce(client: GatewayClient, order: Order): Promise<RunView> {
  const { question, variables, key } = order;
  let found = accepted(await client.ask(question, variables, answerSchema), order);
  while (!found.created && ['cancelled', 'failed'].includes(found.run.state)) {
    const { id } = found.run;
    const again = { id, key: `${key}/after/${id}` };
    found = accepted(await client.ask(resumeQuestion, again, answerSchema), order);
  }
  return found.run;
}

function accepted({ submitted }: z.infer<typeof answerSchema>, { what, key }: Order) {
  if (submitted.__typename === 'Submission') return submitted;
  throw new ModaError('EXPERIMENT_FAILED', `The ${what} was not taken: ${submitted.message}`, {
    key,
    code: submitted.code,
  });
}
