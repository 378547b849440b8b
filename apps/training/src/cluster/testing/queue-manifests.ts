/** A namespace with a queue of its own that has so many GPUs, and the three classes of priority. */
export function queueManifests(namespace: string, gpus: number): string {
  const kueue = (kind: string, name: string, body: object, within?: string) => ({
    apiVersion: 'kueue.x-k8s.io/v1beta1',
    kind,
    metadata: { name, ...(within === undefined ? {} : { namespace: within }) },
    ...body,
  });
  const flavors = [{ name: 'gpu', resources: [{ name: 'nvidia.com/gpu', nominalQuota: gpus }] }];
  const classes = { 'moda-low': -100, 'moda-normal': 0, 'moda-high': 100 };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      kueue('ResourceFlavor', 'gpu', { spec: {} }),
      kueue('ClusterQueue', `${namespace}-gpus`, {
        spec: {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
          preemption: { withinClusterQueue: 'LowerPriority' },
          resourceGroups: [{ coveredResources: ['nvidia.com/gpu'], flavors }],
        },
      }),
      kueue('LocalQueue', 'moda', { spec: { clusterQueue: `${namespace}-gpus` } }, namespace),
      ...Object.entries(classes).map(([name, value]) =>
        kueue('WorkloadPriorityClass', name, { value, description: 'of a test' }),
      ),
    ],
  });
}
