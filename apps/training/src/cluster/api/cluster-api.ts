import type { KubeConfig } from '@kubernetes/client-node';
import type { Job, Pod, Secret } from './kube-objects.js';
import { runSelector } from '../job-names.js';
import type { ListPage, ObjectSource } from '../seen/reflector.js';
import { askKube, isRefusal, openKube } from './kube-request.js';
import { watchLines } from './watch-lines.js';

/** As much of the API of Kubernetes as runs need, in one namespace. Every call throws ModaError CLUSTER_UNREACHABLE, or KubeRefusal. */
export interface ClusterApi {
  readonly jobs: ObjectSource;
  readonly pods: ObjectSource;
  readonly workloads: ObjectSource;
  /** Undefined where there is none. */
  job(name: string): Promise<Job | undefined>;
  pod(name: string): Promise<Pod | undefined>;
  secret(name: string): Promise<Secret | undefined>;
  podsOf(jobName: string): Promise<readonly Pod[]>;
  /** Undefined where there is one of this name already. */
  createJob(job: Job): Promise<Job | undefined>;
  createSecret(secret: Secret): Promise<Secret | undefined>;
  /** In the foreground: it is there until its pods are gone. Only the one with this uid, and nothing where it is gone. */
  deleteJob(name: string, uid: string): Promise<void>;
}

const pageSize = 500;
/** The server ends a watch after so long; all of them at the same time would be a stampede. */
const watchSeconds = 240;
/** What the server should have ended and has not is a connection that died without a word. */
const watchGraceMs = 30_000;

export function openClusterApi(config: KubeConfig, namespace: string): ClusterApi {
  const jobs = `/apis/batch/v1/namespaces/${namespace}/jobs`;
  const pods = `/api/v1/namespaces/${namespace}/pods`;
  const secrets = `/api/v1/namespaces/${namespace}/secrets`;
  const workloads = `/apis/kueue.x-k8s.io/v1beta1/namespaces/${namespace}/workloads`;

  const sourceOf = (what: string, path: string, labelSelector?: string): ObjectSource => ({
    what,
    list: async (continueAt, signal) =>
      (await askKube(config, {
        path,
        query: { labelSelector, limit: pageSize, continue: continueAt },
        signal,
      })) as ListPage,
    async watch(resourceVersion, signal) {
      const timeoutSeconds = Math.round(watchSeconds * (1 + Math.random() / 4));
      const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutSeconds * 1000 + watchGraceMs)]);
      const query = {
        labelSelector,
        watch: true,
        allowWatchBookmarks: true,
        resourceVersion,
        timeoutSeconds,
      };
      return watchLines(await openKube(config, { path, query, signal: limit }));
    },
  });
  const find = async (path: string): Promise<unknown> => {
    try {
      return await askKube(config, { path });
    } catch (error) {
      if (isRefusal(error, 404)) return undefined;
      throw error;
    }
  };
  const create = async (path: string, body: object): Promise<unknown> => {
    try {
      return await askKube(config, { method: 'POST', path, body });
    } catch (error) {
      if (isRefusal(error, 409)) return undefined;
      throw error;
    }
  };

  return {
    jobs: sourceOf('Jobs', jobs, runSelector),
    pods: sourceOf('Pods', pods, runSelector),
    workloads: emptyWhereUnknown(sourceOf('Workloads of Kueue', workloads)),
    job: async (name) => (await find(`${jobs}/${name}`)) as Job | undefined,
    pod: async (name) => (await find(`${pods}/${encodeURIComponent(name)}`)) as Pod | undefined,
    secret: async (name) => (await find(`${secrets}/${name}`)) as Secret | undefined,
    async podsOf(jobName) {
      const query = { labelSelector: `batch.kubernetes.io/job-name=${jobName}` };
      return ((await askKube(config, { path: pods, query })) as { readonly items: readonly Pod[] }).items;
    },
    createJob: async (job) => (await create(jobs, job)) as Job | undefined,
    createSecret: async (secret) => (await create(secrets, secret)) as Secret | undefined,
    async deleteJob(name, uid) {
      const body = { propagationPolicy: 'Foreground', preconditions: { uid } };
      try {
        await askKube(config, { method: 'DELETE', path: `${jobs}/${name}`, body });
      } catch (error) {
        // It is gone, or another one has its name.
        if (!isRefusal(error, 404) && !isRefusal(error, 409)) throw error;
      }
    },
  };
}

/** A cluster without Kueue has none; it may be installed later, and then its watch tells all from the beginning. */
function emptyWhereUnknown(source: ObjectSource): ObjectSource {
  return {
    ...source,
    async list(continueAt, signal) {
      try {
        return await source.list(continueAt, signal);
      } catch (error) {
        if (isRefusal(error, 404)) return { items: [], metadata: { resourceVersion: '' } };
        throw error;
      }
    },
  };
}
