import {
  CoreV1Api,
  KubeConfig,
  PatchStrategy,
  setHeaderOptions,
  V1DeleteOptions,
  V1Preconditions,
} from '@kubernetes/client-node';
import { type ClusterFiles, clusterFiles } from './cluster-files.js';
import type { PodData } from './pod-data.js';
import type { ReportedStatus } from './pod-statuses.js';

/** A pod that exists: it has a name. */
export interface BoundPod {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly node: string;
  /** Seconds that its containers have to end, once they are to end. */
  readonly endWithinSeconds: number | undefined;
  readonly data: PodData;
}

/** What a kubelet says to the API server. */
export interface KubeletApi {
  readonly files: ClusterFiles;
  /** All pods that are bound to nodes. */
  pods(): Promise<readonly BoundPod[]>;
  report(pod: BoundPod, status: ReportedStatus): Promise<void>;
  /** The last word of a kubelet: the containers are gone, so the object may go. */
  remove(pod: BoundPod): Promise<void>;
}

export const defaultGraceSeconds = 30;

export function kubeletApi(kubeconfig: string): KubeletApi {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const api = config.makeApiClient(CoreV1Api);
  return {
    files: clusterFiles(api),
    async pods() {
      const { items } = await api.listPodForAllNamespaces({ fieldSelector: 'spec.nodeName!=' });
      return items.map(boundPod);
    },
    async report({ name, namespace }, status) {
      await api.patchNamespacedPodStatus(
        { name, namespace, body: { status } },
        setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch),
      );
    },
    async remove({ name, namespace, uid }) {
      const body = new V1DeleteOptions();
      body.gracePeriodSeconds = 0;
      body.preconditions = new V1Preconditions();
      body.preconditions.uid = uid;
      await api.deleteNamespacedPod({ name, namespace, body });
    },
  };
}

function boundPod(data: PodData): BoundPod {
  const {
    name = '',
    namespace = '',
    uid = '',
    deletionTimestamp,
    deletionGracePeriodSeconds,
  } = data.metadata ?? {};
  return {
    name,
    namespace,
    uid,
    node: data.spec?.nodeName ?? '',
    endWithinSeconds:
      deletionTimestamp === undefined ? undefined : (deletionGracePeriodSeconds ?? defaultGraceSeconds),
    data,
  };
}
