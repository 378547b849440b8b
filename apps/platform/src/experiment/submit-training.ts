import { ModaError, type TrainSpec } from '@moda/contracts';
import { z } from 'zod';
import type { GatewayClient } from '../gateway/gateway-client.js';
import { problemFields, problemSchema } from './problem.js';

/** The trainings of the experiment, in the order in which they are wanted. */
export const trainingNames = ['standard', 'modular', 'weak'] as const;
export type TrainingName = (typeof trainingNames)[number];

export interface Training {
  readonly name: TrainingName;
  readonly spec: TrainSpec;
}

/** A run as the platform sees it. */
export interface RunView {
  readonly id: string;
  readonly state: string;
}

const runSchema = z.object({ id: z.string(), state: z.string() });
const submissionSchema = z.discriminatedUnion('__typename', [
  z.object({ __typename: z.literal('Submission'), created: z.boolean(), run: runSchema }),
  problemSchema,
]);

const fields = `__typename ... on Submission { created run { id state } } ${problemFields}`;

const submitQuestion = `mutation SubmitTraining($input: SubmitRunInput!) { submitRun(input: $input) { ${fields} } }`;
const resumeQuestion = `mutation ResumeTraining($id: ID!, $key: String!) { resumeRun(id: $id, idempotencyKey: $key) { ${fields} } }`;

export const experimentName = 'first-experiment';

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
  const key = `${experimentName}/${planDigest.slice(0, keyDigits)}/${name}`;
  const input = { experiment: experimentName, name, spec, idempotencyKey: key, tags: [experimentName] };
  const { submitRun } = await client.ask(
    submitQuestion,
    { input },
    z.object({ submitRun: submissionSchema }),
  );
  let submission = accepted(submitRun, name);
  while (!submission.created && ['cancelled', 'failed'].includes(submission.run.state)) {
    const { id } = submission.run;
    const { resumeRun } = await client.ask(
      resumeQuestion,
      { id, key: `${key}/after/${id}` },
      z.object({ resumeRun: submissionSchema }),
    );
    submission = accepted(resumeRun, name);
  }
  return submission.run;
}

/** Of the digest: more than enough to tell plans apart. */
const keyDigits = 16;

function accepted(result: z.infer<typeof submissionSchema>, name: TrainingName) {
  if (result.__typename === 'Submission') return result;
  throw new ModaError('EXPERIMENT_FAILED', `The training "${name}" was not taken: ${result.message}`, {
    training: name,
    code: result.code,
  });
}
