import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModaError } from '@moda/contracts';
import { z } from 'zod';
import { type DataStore, dataStoreOf, dataVariables, missingOfDataStore } from './data-store.js';

const text = z.string({ error: 'is missing' }).min(1, 'is missing');
const milliseconds = (fallback: number) =>
  z
    .string()
    .default(String(fallback))
    .refine((given) => /^\d{1,8}$/.test(given), {
      error: ({ input }) => `is ${JSON.stringify(input)}; give whole milliseconds`,
    })
    .transform(Number);

/** A pod has 60 seconds from SIGTERM to SIGKILL; the rest is for its own end. */
const defaultGraceMs = 50_000;

/**
 * Between two checkpoints that are sent while the worker trains. They are twice as large as the model, and the network of a cluster is
 * shared: what is lost with a pod is half a minute of work at most, beside the last epoch.
 */
const defaultCheckpointEveryMs = 30_000;

const variablesOfPod = {
  MODA_RUN_ID: text.regex(/^[\w-]{1,100}$/, 'is no id of a run'),
  MODA_TRAINING_URL: text.refine((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol), {
    error: ({ input }) => `is ${JSON.stringify(input)}; give an address as in http://training:4001`,
  }),
  MODA_RUN_TOKEN_FILE: text,
  MODA_POD_NAME: text,
  MODA_POD_UID: text,
  MODA_RUN_FOLDER: text.default(join(tmpdir(), 'moda-runs')),
  MODA_DATA: z.string().optional(),
  POD_GRACE_MS: milliseconds(defaultGraceMs),
  POD_CHECKPOINT_EVERY_MS: milliseconds(defaultCheckpointEveryMs),
  ...dataVariables,
};

const schema = z.object(variablesOfPod).superRefine((given, context) => {
  for (const name of missingOfDataStore(given))
    context.addIssue({ code: 'custom', path: [name], message: 'is missing' });
});

export interface PodEnvironment {
  readonly runId: string;
  /** Of the training service, without a slash at its end. */
  readonly serviceUrl: string;
  readonly tokenFile: string;
  readonly pod: { readonly name: string; readonly uid: string };
  /** Has a folder for the run and for each run that it is made of. What an earlier pod has left there is removed. */
  readonly runsFolder: string;
  /** Of data sets: each has a folder of its name in it, or it is the one of the only data set. */
  readonly dataFolder: string | undefined;
  /** For data sets that are not in that folder. */
  readonly dataStore: DataStore | undefined;
  /** From the signal to stop until the pod has ended by itself. */
  readonly graceMs: number;
  readonly checkpointEveryMs: number;
}

/**
 * All that a pod takes from its environment.
 * @throws ModaError ENVIRONMENT_INVALID with every complaint
 */
export function readPodEnvironment(variables: Readonly<Record<string, string | undefined>>): PodEnvironment {
  const given = Object.fromEntries(
    Object.keys(variablesOfPod).map((name) => [name, variables[name] === '' ? undefined : variables[name]]),
  );
  const { success, data, error } = schema.safeParse(given);
  if (!success) {
    const complaints = error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw new ModaError('ENVIRONMENT_INVALID', `The environment cannot be used: ${complaints.join('; ')}.`, {
      complaints,
    });
  }
  return {
    runId: data.MODA_RUN_ID,
    serviceUrl: data.MODA_TRAINING_URL.replace(/\/+$/, ''),
    tokenFile: data.MODA_RUN_TOKEN_FILE,
    pod: { name: data.MODA_POD_NAME, uid: data.MODA_POD_UID },
    runsFolder: data.MODA_RUN_FOLDER,
    dataFolder: data.MODA_DATA,
    dataStore: dataStoreOf(data),
    graceMs: data.POD_GRACE_MS,
    checkpointEveryMs: data.POD_CHECKPOINT_EVERY_MS,
  };
}
