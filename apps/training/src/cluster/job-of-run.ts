import type { Container, EnvVar, FailureRule, Job, Secret, Volume } from './api/kube-objects.js';
import type { RunRecord } from '../runs/run-record.js';
import { jobName, partOf, runLabel } from './job-names.js';
import type { JobSettings } from './job-settings.js';

/** Where things are in a training pod. */
export const places = {
  run: '/moda/run',
  token: '/moda/token',
  data: '/moda/data',
  scratch: '/tmp',
} as const;
const tokenKey = 'token';
const container = 'train';
/** Of nobody in the images; a number, so that `runAsNonRoot` can be checked before a pod is started. */
const user = 10_001;
/**
 * The service itself ends a run that never gets any further (WORKER_LOST), which a count of all failures cannot tell from a run of weeks
 * that was out of luck now and then. This is for the case that the service is gone for good.
 */
const failuresInAll = 100;
/** Longer than the grace period, so that a stop by `kubectl` still has its whole grace. */
const shippingShare = 0.8;

/**
 * What becomes of the end of a pod: a disruption is nobody's fault; what the run itself did wrong would go wrong again; what is left (memory, a
 * crash) is tried again.
 */
const failureRules: readonly FailureRule[] = [
  { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
  { action: 'FailJob', onExitCodes: { containerName: container, operator: 'In', values: [1, 2] } },
  { action: 'Ignore', onExitCodes: { containerName: container, operator: 'In', values: [130] } },
];

/** The class of Kueue that a run's priority falls into: classes are objects of the cluster, so there are few. */
export function priorityClass(priority: number): 'moda-low' | 'moda-normal' | 'moda-high' {
  if (priority === 0) return 'moda-normal';
  return priority < 0 ? 'moda-low' : 'moda-high';
}

/** What a Job has of its run. */
type OfRun = Pick<RunRecord, 'id' | 'priority' | 'traceId'>;

/** The one Job of a run. It waits, suspended, until Kueue has a place for it. */
export function jobOfRun(run: OfRun, settings: JobSettings): Job {
  const { namespace, queue, deadlineSeconds, keepSeconds } = settings;
  const labels = labelsOf(run);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobName(run.id),
      namespace,
      labels: {
        ...labels,
        'kueue.x-k8s.io/queue-name': queue,
        'kueue.x-k8s.io/priority-class': priorityClass(run.priority),
      },
    },
    spec: {
      suspend: true,
      completions: 1,
      parallelism: 1,
      backoffLimit: failuresInAll,
      // Two pods must never write to one run: the next one is made when the one before has ended, not when it is told to.
      podReplacementPolicy: 'Failed',
      podFailurePolicy: { rules: failureRules.map((rule) => ({ ...rule })) },
      ttlSecondsAfterFinished: keepSeconds,
      ...(deadlineSeconds === undefined ? {} : { activeDeadlineSeconds: deadlineSeconds }),
      template: {
        metadata: {
          labels,
          ...(Object.keys(settings.podAnnotations).length > 0
            ? { annotations: { ...settings.podAnnotations } }
            : {}),
        },
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: settings.graceSeconds,
          // It speaks to the training service alone.
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          nodeSelector: { ...settings.nodeSelector },
          tolerations: settings.tolerations.map(({ key, value, effect }) => ({
            key,
            operator: value === undefined ? 'Exists' : 'Equal',
            ...(value === undefined ? {} : { value }),
            ...(effect === undefined ? {} : { effect }),
          })),
          securityContext: {
            runAsNonRoot: true,
            runAsUser: user,
            runAsGroup: user,
            fsGroup: user,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [containerOf(run, settings)],
          volumes: volumesOf(run, settings),
        },
      },
    },
  };
}

/** The token of a run for its pod. It goes with its Job. */
export function secretOfRun(
  run: Pick<RunRecord, 'id'>,
  token: string,
  { namespace, jobUid }: { readonly namespace: string; readonly jobUid: string },
): Secret {
  const name = jobName(run.id);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      namespace,
      labels: labelsOf(run),
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name, uid: jobUid, controller: true }],
    },
    immutable: true,
    stringData: { [tokenKey]: token },
  };
}

const labelsOf = ({ id }: Pick<RunRecord, 'id'>): Record<string, string> => ({
  ...partOf,
  'app.kubernetes.io/name': 'moda-training-pod',
  [runLabel]: id,
});

function containerOf(run: OfRun, settings: JobSettings): Container {
  const { cpu, dataClaim, dataSecret, gpus, image, memory } = settings;
  const limits = {
    ...(gpus > 0 ? { 'nvidia.com/gpu': String(gpus) } : {}),
    ...(cpu === undefined ? {} : { cpu }),
    ...(memory === undefined ? {} : { memory }),
  };
  return {
    name: container,
    image,
    command: ['moda', 'worker'],
    env: environmentOf(run, settings),
    ...(dataSecret === undefined
      ? {}
      : { envFrom: [{ prefix: 'MODA_DATA_', secretRef: { name: dataSecret } }] }),
    resources: { limits, requests: { ...limits } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [
      { name: 'run', mountPath: places.run },
      { name: 'scratch', mountPath: places.scratch },
      { name: 'token', mountPath: places.token, readOnly: true },
      ...(dataClaim === undefined ? [] : [{ name: 'data', mountPath: places.data, readOnly: true }]),
    ],
  };
}

function environmentOf(run: OfRun, { dataClaim, graceSeconds, serviceUrl }: JobSettings): EnvVar[] {
  const fromPod = (fieldPath: string) => ({ valueFrom: { fieldRef: { fieldPath } } });
  return [
    { name: 'MODA_RUN_ID', value: run.id },
    { name: 'MODA_TRAINING_URL', value: serviceUrl },
    { name: 'MODA_RUN_TOKEN_FILE', value: `${places.token}/${tokenKey}` },
    { name: 'MODA_POD_NAME', ...fromPod('metadata.name') },
    { name: 'MODA_POD_UID', ...fromPod('metadata.uid') },
    { name: 'MODA_RUN_FOLDER', value: places.run },
    ...(dataClaim === undefined ? [] : [{ name: 'MODA_DATA', value: places.data }]),
    { name: 'MODA_TRACE_ID', value: run.traceId },
    { name: 'POD_GRACE_MS', value: String(Math.round(graceSeconds * 1000 * shippingShare)) },
    // The root of the image cannot be written to.
    { name: 'HOME', value: places.scratch },
  ];
}

function volumesOf(run: OfRun, { dataClaim }: JobSettings): Volume[] {
  return [
    { name: 'run', emptyDir: {} },
    { name: 'scratch', emptyDir: {} },
    // Only for who runs it.
    { name: 'token', secret: { secretName: jobName(run.id), defaultMode: 0o440 } },
    ...(dataClaim === undefined
      ? []
      : [{ name: 'data', persistentVolumeClaim: { claimName: dataClaim, readOnly: true } }]),
  ];
}
