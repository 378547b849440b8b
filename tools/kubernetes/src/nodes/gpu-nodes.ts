import type { Kubectl } from '../control-plane/kubectl.js';

export interface NodeOptions {
  /** 1 if not said. */
  readonly nodes?: number;
  /** 8 if not said. */
  readonly gpusPerNode?: number;
}

export const gpuResource = 'nvidia.com/gpu';
/** As NVIDIA's feature discovery labels nodes. */
export const gpuProductLabel = 'nvidia.com/gpu.product';
export const gpuProduct = 'NVIDIA-H100-80GB-HBM3';

/** Adds simulated nodes `gpu-0`, `gpu-1` and so on and waits until they are ready. Only pods that tolerate their taint go there. */
export async function addGpuNodes(kubectl: Kubectl, options: NodeOptions = {}): Promise<void> {
  const { nodes = 1, gpusPerNode = 8 } = options;
  const items = Array.from({ length: nodes }, (_, index) => gpuNode(`gpu-${index}`, gpusPerNode));
  if (items.length === 0) return;
  await kubectl(['create', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  const names = items.map(({ metadata }) => `node/${metadata.name}`);
  await kubectl(['wait', ...names, '--for=condition=Ready', '--timeout=120s']);
}

function gpuNode(name: string, gpus: number) {
  const capacity = {
    cpu: '64',
    memory: '512Gi',
    'ephemeral-storage': '1Ti',
    pods: '110',
    [gpuResource]: String(gpus),
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
      labels: {
        'kubernetes.io/hostname': name,
        'nvidia.com/gpu.present': 'true',
        [gpuProductLabel]: gpuProduct,
      },
    },
    spec: { taints: [{ key: gpuResource, value: 'present', effect: 'NoSchedule' }] },
    status: { capacity, allocatable: capacity },
  };
}
