import type { TrainSpec } from '@moda/contracts';
import type { GatewayClient } from '../gateway/gateway-client.js';
import { experimentName, keyOf, type RunView, submissionFields, submitOnce } from './submission.js';

/** The trainings of the experiment, in the order in which they are wanted. */
export const trainingNames = ['standard', 'modular', 'weak'] as const;
export type TrainingName = (typeof trainingNames)[number];

export interface Training {
  readonly name: TrainingName;
  readonly spec: TrainSpec;
}

const question = `mutation SubmitTraining($input: SubmitRunInput!) { submitted: submitRun(input: $input) { ${submissionFields} } }`;

/**
 * The run of a training: the one of an earlier start if there is one, else a new one. One that was cancelled or has failed goes on from its
 * checkpoint, once each time the platform is started.
 *
 * @param planDigest runs belong to a plan: another one has others
 * @throws ModaError EXPERIMENT_FAILED
 */
export async function submitTraining(
  client: GatewayClient,
  { name, spec }: Training,
  planDigest: string,
): Promise<RunView> {
  const key = keyOf(planDigest, name);
  const input = { experiment: experimentName, name, spec, idempotencyKey: key, tags: [experimentName] };
  return submitOnce(client, { what: `training "${name}"`, question, variables: { input }, key });
}
