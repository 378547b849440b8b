import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlPlane } from '../control-plane/control-plane.js';
import { isNotFound } from './api-errors.js';
import { type BoundPod, defaultGraceSeconds, kubeletApi } from './kubelet-api.js';
import { type ImageState, LocalPod } from './local-pod.js';
import type { PodData } from './pod-data.js';

/** Pods with it are kwok's. */
export const simulatedAnnotation = 'moda.dev/simulated';
const pollMs = 200;

export interface SimulationOptions {
  /** More for the environment of a pod's process: where its program is found, addresses of this machine. */
  readonly environmentOf?: (pod: PodData) => Readonly<Record<string, string>>;
  /** Whether an image can be pulled now; every image can, if not said. */
  readonly imageOf?: (image: string) => ImageState;
  /** Folders of this machine for persistent volume claims, by name. Others get one that all pods of the cluster share. */
  readonly claims?: Readonly<Record<string, string>>;
}

export interface PodProcess {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Of its process, while that runs. */
  readonly pid: number | undefined;
  /** Of its process, once it has ended. */
  readonly end: { readonly code: number | null; readonly signal: NodeJS.Signals | null } | undefined;
}

/** Plays the kubelets and container runtimes of the simulated nodes: the first container of each pod is a process of this machine. */
export interface PodSimulation {
  /** All pods that were started here and are not deleted, in the order of their start. */
  pods(): readonly PodProcess[];
  /** What the process of a pod has written. */
  logOf(name: string): Promise<string>;
  /** To the process of a pod, behind the back of the cluster. */
  signal(name: string, signal: NodeJS.Signals): void;
  /** Ends the process as the kernel does where memory is short: SIGKILL, reported as OOMKilled. */
  killForMemory(name: string): void;
  /** Ends the pod as a node does that is short of something: SIGTERM, SIGKILL after the grace period, reported as Evicted. */
  evict(name: string): void;
  /** The node loses its power: its processes end, nobody reports anything, its Node object goes away as it does when a cloud takes a machine back. */
  loseNode(node: string): Promise<void>;
  /** Kills all processes; their pods stay as they were reported last. */
  stop(): Promise<void>;
}

/** Begins to run the pods that are bound to nodes of a control plane, but for those that kwok runs. */
export function simulatePods(controlPlane: ControlPlane, options: SimulationOptions = {}): PodSimulation {
  const api = kubeletApi(controlPlane.kubeconfig);
  const folder = join(controlPlane.folder, 'pods');
  const local = new Map<string, LocalPod>();
  const lostNodes = new Set<string>();
  let stopped = false;

  const claims = (name: string) => options.claims?.[name] ?? join(controlPlane.folder, 'claims', name);
  const newPod = ({ data, uid }: BoundPod) =>
    new LocalPod(data, {
      keeper: controlPlane.keeper,
      files: api.files,
      folder: join(folder, uid),
      claims,
      environmentOf: options.environmentOf ?? (() => ({})),
      imageOf: options.imageOf ?? (() => 'present'),
    });

  async function pass(): Promise<void> {
    const ours = (await api.pods()).filter(
      ({ data, node }) =>
        data.metadata?.annotations?.[simulatedAnnotation] !== 'true' && !lostNodes.has(node),
    );
    const present = new Set(ours.map(({ uid }) => uid));
    for (const [uid, pod] of local)
      if (!present.has(uid) && !lostNodes.has(pod.pod.spec?.nodeName ?? '')) {
        local.delete(uid);
        await pod.destroy();
        await rm(join(folder, uid), { recursive: true, force: true });
      }
    await Promise.all(ours.map((pod) => attend(pod).catch(tolerate)));
  }

  async function attend(seen: BoundPod): Promise<void> {
    const { uid, endWithinSeconds } = seen;
    const pod = local.get(uid) ?? admit(seen);
    if (endWithinSeconds === undefined) await pod?.advance();
    else pod?.terminate(endWithinSeconds);
    const report = pod?.toReport;
    if (pod !== undefined && report !== undefined) {
      await api.report(seen, report);
      if (pod.toReport === report) pod.toReport = undefined;
    }
    const isOver = pod === undefined || (pod.end !== undefined && pod.toReport === undefined);
    if (endWithinSeconds !== undefined && isOver) await api.remove(seen);
  }

  /** Undefined where there is nothing to begin any more. */
  function admit(seen: BoundPod): LocalPod | undefined {
    const phase = seen.data.status?.phase;
    if (seen.endWithinSeconds !== undefined || phase === 'Succeeded' || phase === 'Failed') return undefined;
    const pod = newPod(seen);
    local.set(seen.uid, pod);
    return pod;
  }

  const loop = (async () => {
    await mkdir(folder, { recursive: true });
    while (!isStopped()) {
      await pass().catch(tolerate);
      await sleep(pollMs);
    }
  })();
  function isStopped(): boolean {
    return stopped;
  }
  function named(name: string): LocalPod {
    const found = [...local.values()].find(({ pod }) => pod.metadata?.name === name);
    if (found === undefined) throw new Error(`No pod ${name} runs here.`);
    return found;
  }

  return {
    pods: () =>
      [...local.values()].map(({ pod: { metadata }, pid, end }) => ({
        namespace: metadata!.namespace!,
        name: metadata!.name!,
        uid: metadata!.uid!,
        labels: metadata?.labels ?? {},
        pid,
        end,
      })),
    logOf: (name) => readFile(named(name).log, 'utf8'),
    signal: (name, signal) => named(name).signal(signal),
    killForMemory: (name) => named(name).signal('SIGKILL', 'OOMKilled'),
    evict: (name) => {
      const pod = named(name);
      pod.terminate(pod.pod.spec?.terminationGracePeriodSeconds ?? defaultGraceSeconds, 'Evicted');
    },
    async loseNode(node) {
      lostNodes.add(node);
      const lost = [...local.values()].filter(({ pod }) => pod.spec?.nodeName === node);
      await Promise.all(lost.map((pod) => pod.destroy()));
      await controlPlane.kubectl(['delete', 'node', node, '--wait=false']);
    },
    async stop() {
      stopped = true;
      await loop;
      await Promise.all([...local.values()].map((pod) => pod.destroy()));
    },
  };
}

/** The API server may be away, and a pod may be gone or changed meanwhile: the next pass sees what is. */
function tolerate(error: unknown): void {
  if (isNotFound(error) || !(error instanceof TypeError)) return;
  throw error;
}
