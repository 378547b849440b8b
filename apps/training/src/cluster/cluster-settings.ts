import { existsSync, readFileSync } from 'node:fs';
import { ModaError } from '@moda/contracts';
import { httpAddress } from '@moda/service-kit';
import { z } from 'zod';
import type { JobSettings, PodToleration } from './job-settings.js';

const maxGpus = 64;
const aYear = 31_536_000;
const serviceAccountNamespace = '/var/run/secrets/kubernetes.io/serviceaccount/namespace';
const labelName = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;
const quantity = /^\d+(\.\d+)?(m|[kMGT]i?|Ki)?$/;

/** What the environment says about where runs are at work. */
export const clusterVariables = {
  TRAINING_EXECUTOR: z
    .enum(['local', 'kubernetes'], {
      error: ({ input }) => `is ${JSON.stringify(input)}; give local or kubernetes`,
    })
    .default('local'),
  KUBE_NAMESPACE: objectName().optional(),
  TRAINING_POD_IMAGE: z.string().min(1).optional(),
  TRAINING_POD_URL: httpAddress().optional(),
  TRAINING_QUEUE: objectName().default('moda'),
  TRAINING_GPUS: wholeNumber(0, maxGpus).default(1),
  TRAINING_POD_CPU: amount().optional(),
  TRAINING_POD_MEMORY: amount().optional(),
  TRAINING_NODE_SELECTOR: pairs().default({}),
  TRAINING_TOLERATIONS: tolerations().default([{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }]),
  TRAINING_POD_ANNOTATIONS: pairs().default({}),
  TRAINING_DEADLINE_S: wholeNumber(1, aYear).optional(),
  TRAINING_JOB_TTL_S: wholeNumber(0, aYear).default(3600),
  TRAINING_DATA_CLAIM: objectName().optional(),
  TRAINING_DATA_SECRET: objectName().optional(),
  TRAINING_POD_GRACE_S: wholeNumber(1, 3600).default(60),
};

type Given = Readonly<z.output<z.ZodObject<typeof clusterVariables>>>;

/**
 * How runs become Jobs; undefined where they are at work on this machine.
 *
 * @throws ModaError ENVIRONMENT_INVALID where a cluster is wanted and something that it needs is missing
 */
export function clusterSettings(given: Given): JobSettings | undefined {
  if (given.TRAINING_EXECUTOR === 'local') return undefined;
  const { TRAINING_POD_IMAGE: image, TRAINING_POD_URL: serviceUrl } = given;
  if (image === undefined || serviceUrl === undefined)
    throw new ModaError(
      'ENVIRONMENT_INVALID',
      'TRAINING_EXECUTOR is kubernetes, which needs TRAINING_POD_IMAGE (the image of training pods) and TRAINING_POD_URL (how pods reach this service); give both.',
    );
  return {
    namespace: given.KUBE_NAMESPACE ?? ownNamespace() ?? 'moda',
    image,
    serviceUrl,
    queue: given.TRAINING_QUEUE,
    gpus: given.TRAINING_GPUS,
    cpu: given.TRAINING_POD_CPU,
    memory: given.TRAINING_POD_MEMORY,
    nodeSelector: given.TRAINING_NODE_SELECTOR,
    tolerations: given.TRAINING_TOLERATIONS,
    podAnnotations: given.TRAINING_POD_ANNOTATIONS,
    deadlineSeconds: given.TRAINING_DEADLINE_S,
    keepSeconds: given.TRAINING_JOB_TTL_S,
    dataClaim: given.TRAINING_DATA_CLAIM,
    dataSecret: given.TRAINING_DATA_SECRET,
    graceSeconds: given.TRAINING_POD_GRACE_S,
  };
}

/** Of the pod that this process is in, if it is in one. */
function ownNamespace(): string | undefined {
  return existsSync(serviceAccountNamespace)
    ? readFileSync(serviceAccountNamespace, 'utf8').trim()
    : undefined;
}

function objectName() {
  return z.string().regex(labelName, 'is no name of an object in Kubernetes; give one as in moda-data');
}

function amount() {
  return z
    .string()
    .regex(quantity, 'is no amount as Kubernetes writes them; give one as in 4 or 500m, 16Gi or 512Mi');
}

function wholeNumber(min: number, max: number) {
  return z
    .string()
    .refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max, {
      error: ({ input }) => `is ${JSON.stringify(input)}; give a whole number from ${min} to ${max}`,
    })
    .transform(Number);
}

function pairs() {
  return z
    .string()
    .refine((text) => parts(text).every((part) => /^[^=]+=[^=]*$/.test(part)), {
      error: ({ input }) => `is ${JSON.stringify(input)}; give pairs as in disk=fast,zone=a`,
    })
    .transform((text): Record<string, string> =>
      Object.fromEntries(parts(text).map((part) => part.split('=', 2) as [string, string])),
    );
}

const toleration = /^(?<key>[^=:]+)(=(?<value>[^:]*))?(:(?<effect>NoSchedule|PreferNoSchedule|NoExecute))?$/;

function tolerations() {
  return z
    .string()
    .refine((text) => parts(text).every((part) => toleration.test(part)), {
      error: ({ input }) =>
        `is ${JSON.stringify(input)}; give taints as in nvidia.com/gpu:NoSchedule,team=vision:NoExecute`,
    })
    .transform((text): PodToleration[] => parts(text).map(readToleration));
}

function readToleration(text: string): PodToleration {
  const { key = '', value, effect } = toleration.exec(text)?.groups ?? {};
  return { key, ...(value === undefined ? {} : { value }), ...(effect === undefined ? {} : { effect }) };
}

function parts(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
