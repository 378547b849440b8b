import type { GatewayClient } from '../gateway/gateway-client.js';
import { keyOf, type RunView, submissionFields, submitOnce } from './submission.js';
import type { TrainingName } from './submit-training.js';

/** What is made of the trained networks, so that there is something to see of their modules. */
export interface TaskRun {
  readonly name: string;
  /** For the screen. */
  readonly label: string;
  readonly run: RunView;
}

export interface TaskPlan {
  readonly tau: number;
  readonly tauSweep: readonly number[];
}

const decomposeQuestion = `mutation DecomposeTrained($id: ID!, $tau: Float!, $name: String!, $key: String!) {
  submitted: decomposeRun(id: $id, tau: $tau, name: $name, idempotencyKey: $key) { ${submissionFields} }
}`;
const sweepQuestion = `mutation SweepTrained($id: ID!, $taus: [Float!]!, $perSize: Int!, $name: String!, $key: String!) {
  submitted: sweepTau(id: $id, taus: $taus, subtasksPerSize: $perSize, name: $name, idempotencyKey: $key) { ${submissionFields} }
}`;

/** One of each size takes seconds, and is what the report of the experiment has. */
const subtasksPerSize = 1;

/**
 * Has the modules of the modular and the standard network found, and those of the modular one measured at several thresholds. What an earlier
 * start has submitted is that.
 *
 * @throws ModaError EXPERIMENT_FAILED
 */
export async function submitTasks(
  client: GatewayClient,
  trained: Readonly<Record<Exclude<TrainingName, 'weak'>, string>>,
  { tau, tauSweep }: TaskPlan,
  planDigest: string,
): Promise<readonly TaskRun[]> {
  const decomposition = async (of: keyof typeof trained): Promise<TaskRun> => {
    const name = `${of}-modules`;
    const key = keyOf(planDigest, name);
    const variables = { id: trained[of], tau, name, key };
    const what = `decomposition "${name}"`;
    const run = await submitOnce(client, { what, question: decomposeQuestion, variables, key });
    return { name, label: `Finding the modules of the ${of} network`, run };
  };
  const sweep = async (): Promise<TaskRun> => {
    const name = 'modular-tau-sweep';
    const key = keyOf(planDigest, name);
    const variables = { id: trained.modular, taus: tauSweep, perSize: subtasksPerSize, name, key };
    const run = await submitOnce(client, {
      ...{ what: `sweep "${name}"`, question: sweepQuestion, variables, key },
    });
    return { name, label: 'Measuring the modules at each tau', run };
  };
  return [await decomposition('modular'), await decomposition('standard'), await sweep()];
}
