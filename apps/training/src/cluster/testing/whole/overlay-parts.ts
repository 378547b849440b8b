import { join } from 'node:path';
import { loadAllYaml } from '@kubernetes/client-node';
import type { ControlPlane } from '@moda/kubernetes';

const overlay = join(import.meta.dirname, '..', '..', '..', '..', '..', '..', 'k8s', 'overlays', 'gpu');

/** What runs need of the overlay: the service itself is a process of this machine, and the rest of the system is left out. */
const wanted = new Set([
  'Namespace',
  'PersistentVolumeClaim/moda-data',
  'ServiceAccount/moda-training',
  'Role/moda-training',
  'RoleBinding/moda-training',
  'ResourceFlavor',
  'ClusterQueue',
  'LocalQueue',
  'WorkloadPriorityClass',
]);

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: {
    readonly resourceGroups?: readonly ResourceGroup[];
    readonly template?: {
      readonly spec: { readonly containers: readonly { readonly env?: readonly Variable[] }[] };
    };
  };
}

interface ResourceGroup {
  readonly flavors: readonly {
    readonly resources: readonly { readonly name: string; nominalQuota: number | string }[];
  }[];
}

interface Variable {
  readonly name: string;
  readonly value?: string;
}

/** Each run takes one GPU, 4 cores and 16 GiB. */
const quotaOf = (gpus: number): Readonly<Record<string, number | string>> => ({
  'nvidia.com/gpu': gpus,
  cpu: 4 * gpus,
  memory: `${16 * gpus}Gi`,
});

/**
 * Puts the queues, the account with its rights and the volume of data sets on a cluster, as the overlay for GPUs has them.
 *
 * @param gpus the quota of the queue
 * @returns what the overlay tells the training service about its Jobs
 */
export async function applyOverlay(plane: ControlPlane, gpus: number): Promise<Record<string, string>> {
  const { stdout } = await plane.kubectl(['kustomize', overlay]);
  const objects = loadAllYaml(stdout) as Manifest[];
  const applied = objects.filter(
    ({ kind, metadata: { name } }) => wanted.has(kind) || wanted.has(`${kind}/${name}`),
  );
  for (const { spec } of applied)
    for (const { flavors } of spec?.resourceGroups ?? [])
      for (const { resources } of flavors)
        for (const resource of resources)
          resource.nominalQuota = quotaOf(gpus)[resource.name] ?? resource.nominalQuota;
  const apply = (items: readonly object[]) =>
    plane.kubectl(
      ['apply', '--server-side', '-f', '-'],
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
    );
  await apply(applied.filter(({ kind }) => kind === 'Namespace'));
  await apply([...applied.filter(({ kind }) => kind !== 'Namespace'), dataVolume]);
  await plane.kubectl(['wait', 'clusterqueue/moda', '--for=condition=Active', '--timeout=60s']);

  const service = objects.find(
    ({ kind, metadata: { name } }) => kind === 'StatefulSet' && name === 'moda-training',
  );
  const variables = service?.spec?.template?.spec.containers[0]?.env ?? [];
  return Object.fromEntries(
    variables.flatMap(({ name, value }) =>
      value !== undefined && name.startsWith('TRAINING_') && !ofTheService.has(name) ? [[name, value]] : [],
    ),
  );
}

/** Where the service listens is another matter on this machine. */
const ofTheService = new Set(['TRAINING_HOST', 'TRAINING_PORT', 'TRAINING_PUBLIC_URL', 'TRAINING_POD_URL']);

/** A volume for the claim of the data sets; its folder is the simulation's affair. */
const dataVolume = {
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'moda-data' },
  spec: {
    capacity: { storage: '50Gi' },
    accessModes: ['ReadWriteMany'],
    claimRef: { namespace: 'moda', name: 'moda-data' },
    hostPath: { path: '/moda-data' },
  },
};
