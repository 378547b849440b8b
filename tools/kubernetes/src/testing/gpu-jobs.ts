import { gpuResource } from '../nodes/gpu-nodes.js';

/** A Job that asks for GPUs and goes where they are. */
export function gpuJob(
  name: string,
  more: {
    readonly gpus?: number;
    readonly command?: readonly string[];
    readonly queue?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly job?: object;
    readonly pod?: object;
    readonly container?: object;
  } = {},
): string {
  return JSON.stringify({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, ...(more.queue ? { labels: { 'kueue.x-k8s.io/queue-name': more.queue } } : {}) },
    spec: {
      backoffLimit: 0,
      ...more.job,
      template: {
        metadata: { annotations: more.annotations ?? {} },
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          tolerations: [{ key: gpuResource, operator: 'Exists', effect: 'NoSchedule' }],
          containers: [
            {
              name: 'train',
              image: 'moda.invalid/train:1',
              ...(more.command ? { command: more.command } : {}),
              resources: { limits: { [gpuResource]: more.gpus ?? 1 } },
              ...more.container,
            },
          ],
          ...more.pod,
        },
      },
    },
  });
}

/** Annotations of a pod that kwok runs. */
export function simulated(seconds = 2): Record<string, string> {
  return { 'moda.dev/simulated': 'true', 'moda.dev/run-for': `${seconds}s` };
}

/** A ClusterQueue with a quota of GPUs, and a LocalQueue `team` of the namespace default. */
export function queueOf(gpus: number): string {
  const queue = (kind: string, name: string, spec: object, namespace?: string) => ({
    apiVersion: 'kueue.x-k8s.io/v1beta1',
    kind,
    metadata: { name, ...(namespace ? { namespace } : {}) },
    spec,
  });
  const flavor = { name: 'gpu', resources: [{ name: gpuResource, nominalQuota: gpus }] };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: [
      queue('ResourceFlavor', 'gpu', {}),
      queue('ClusterQueue', 'gpus', {
        namespaceSelector: {},
        resourceGroups: [{ coveredResources: [gpuResource], flavors: [flavor] }],
      }),
      queue('LocalQueue', 'team', { clusterQueue: 'gpus' }, 'default'),
    ],
  });
}
