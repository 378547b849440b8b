import type { PodData } from './pod-data.js';

const entry = /^metadata\.(labels|annotations)\['(.+)'\]$/;

/**
 * A field of a pod, as the downward API gives it to containers.
 * @throws Error where the downward API has no such field
 */
export function fieldOf(pod: PodData, path: string): string {
  const [, kind, key] = entry.exec(path) ?? [];
  if (kind !== undefined && key !== undefined)
    return pod.metadata?.[kind as 'labels' | 'annotations']?.[key] ?? '';
  switch (path) {
    case 'metadata.name':
      return pod.metadata?.name ?? '';
    case 'metadata.namespace':
      return pod.metadata?.namespace ?? '';
    case 'metadata.uid':
      return pod.metadata?.uid ?? '';
    case 'spec.nodeName':
      return pod.spec?.nodeName ?? '';
    case 'spec.serviceAccountName':
      return pod.spec?.serviceAccountName ?? '';
    case 'status.podIP':
    case 'status.hostIP':
      return '127.0.0.1';
    default:
      throw new Error(`A pod has no field ${path} for its containers.`);
  }
}
