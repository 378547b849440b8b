import { KubeConfig } from '@kubernetes/client-node';
import { openClusterApi } from './api/cluster-api.js';
import {
  type ClusterConductor,
  type ClusterConductorOptions,
  openClusterConductor,
} from './cluster-conductor.js';

/** A conductor for the cluster that `KUBECONFIG` names, or that this process is in. It begins even where that is away. */
export function conductOnCluster(options: Omit<ClusterConductorOptions, 'api'>): ClusterConductor {
  const config = new KubeConfig();
  config.loadFromDefault();
  return openClusterConductor({ ...options, api: openClusterApi(config, options.settings.namespace) });
}
