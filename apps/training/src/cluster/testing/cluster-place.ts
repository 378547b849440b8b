import { setTimeout as sleep } from 'node:timers/promises';
import { KubeConfig } from '@kubernetes/client-node';
import { isTerminal } from '@moda/contracts';
import type { ControlPlane } from '@moda/kubernetes';
import { createLogger } from '@moda/service-kit';
import type { Job, Pod } from '../api/kube-objects.js';
import type { RunRecord } from '../../runs/run-record.js';
import type { RunStore } from '../../runs/run-store.js';
import { sampleRequest } from '../../runs/testing/sample-request.js';
import { openMemoryRunStore } from '../../runs/testing/open-memory-run-store.js';
import { type ClusterApi, openClusterApi } from '../api/cluster-api.js';
import {
  type ClusterConductor,
  type ClusterConductorOptions,
  openClusterConductor,
} from '../cluster-conductor.js';
import { jobName } from '../job-names.js';
import { unfinishedRuns } from '../run-scan.js';
import { queueManifests } from './queue-manifests.js';
import { sampleSettings } from './sample-settings.js';

const patienceMs = 60_000;

/** Pods that say nothing and are at work until somebody ends them. */
const simulated = { 'moda.dev/simulated': 'true', 'moda.dev/run-for': '3600s' };

export interface ClusterPlaceOptions {
  /** Who the conductor is for the API server; its administrator if left out. */
  readonly kubeconfig?: string;
  readonly logLevel?: 'warn' | 'silent';
}

/** A namespace of a real control plane with a conductor for it; the test says what pods say. */
export class ClusterPlace {
  conductor!: ClusterConductor;

  private constructor(
    readonly plane: ControlPlane,
    readonly store: RunStore,
    readonly namespace: string,
    private readonly options: ClusterPlaceOptions,
  ) {}

  static async open(
    plane: ControlPlane,
    namespace: string,
    gpus: number,
    options: ClusterPlaceOptions = {},
  ): Promise<ClusterPlace> {
    await plane.kubectl(['apply', '-f', '-'], queueManifests(namespace, gpus));
    await plane.kubectl([
      'wait',
      `clusterqueue/${namespace}-gpus`,
      '--for=condition=Active',
      '--timeout=60s',
    ]);
    const place = new ClusterPlace(plane, await openMemoryRunStore(), namespace, options);
    place.conduct();
    return place;
  }

  /** @param changed for a cluster that is not quite as it is */
  conduct(
    more: Partial<ClusterConductorOptions> = {},
    changed: (api: ClusterApi) => ClusterApi = (api) => api,
  ): void {
    const config = new KubeConfig();
    config.loadFromFile(this.options.kubeconfig ?? this.plane.kubeconfig);
    this.conductor = openClusterConductor({
      store: this.store,
      api: changed(openClusterApi(config, this.namespace)),
      settings: { ...sampleSettings, namespace: this.namespace, podAnnotations: simulated, graceSeconds: 1 },
      tokens: { tokenFor: (id) => `token of ${id}` },
      logger: createLogger({ service: 'training', level: this.options.logLevel ?? 'warn' }),
      clock: () => new Date(),
      ...more,
    });
  }

  async close(): Promise<void> {
    await this.conductor.stop();
    await this.store.close();
  }

  async submit(given: Parameters<typeof sampleRequest>[0] = {}): Promise<string> {
    const outcome = await this.store.submit(sampleRequest(given));
    this.conductor.wake();
    return outcome.run.id;
  }

  /** Waits until what a run is like is as wanted. */
  async until(id: string, isSo: (run: RunRecord) => boolean): Promise<RunRecord> {
    for (const deadline = Date.now() + patienceMs; ; await sleep(50)) {
      const run = await this.store.run(id);
      if (run !== undefined && isSo(run)) return run;
      if (Date.now() > deadline) {
        const path = (await this.store.transitions(id)).map(({ to, reason }) => `${to}: ${reason}`);
        throw new Error(`Run ${id} did not get there:\n${path.join('\n')}`);
      }
    }
  }

  async state(id: string, ...wanted: readonly RunRecord['state'][]): Promise<RunRecord> {
    return this.until(id, ({ state }) => wanted.includes(state));
  }

  /** Waits until so many of some runs have a place: Kueue says which, for those of the same second in any order. */
  async places(ids: readonly string[], count: number) {
    for (const deadline = Date.now() + patienceMs; ; await sleep(100)) {
      const runs = await Promise.all(ids.map((id) => this.store.run(id)));
      const placed = ids.filter((_, i) => runs[i]?.state === 'starting');
      if (placed.length === count) return { placed, waiting: ids.filter((id) => !placed.includes(id)) };
      if (Date.now() > deadline) throw new Error(`${placed.length} of ${ids.length} have a place.`);
    }
  }

  /** How many runs are in a state with such a reason. */
  async countOf(state: RunRecord['state'], isSo: (reason: string) => boolean): Promise<number> {
    let count = 0;
    for await (const run of unfinishedRuns(this.store))
      if (run.state === state && isSo(run.reason)) count += 1;
    return count;
  }

  async job(id: string): Promise<Job | undefined> {
    return (await this.list<Job>('jobs')).find(({ metadata }) => metadata?.name === jobName(id));
  }

  async pods(id: string): Promise<readonly Pod[]> {
    const pods = await this.list<Pod>('pods');
    return pods.filter(({ metadata }) => metadata?.labels?.['moda.dev/run'] === id);
  }

  async list<Kind>(kind: string): Promise<readonly Kind[]> {
    const { stdout } = await this.plane.kubectl(['-n', this.namespace, 'get', kind, '-o', 'json']);
    return (JSON.parse(stdout) as { items: Kind[] }).items;
  }

  /** What a courier does first, for the pod that a run has now. */
  async begin(
    id: string,
  ): Promise<{ readonly name: string; readonly token: string; readonly offset: number }> {
    const run = await this.state(id, 'starting');
    const pod = (await this.pods(id)).find(({ metadata }) => metadata?.uid === run.worker?.token)?.metadata;
    const name = { name: pod?.name ?? '', uid: pod?.uid ?? '' };
    const begun = await this.conductor.ears.begin(id, name);
    if (begun.kind === 'refused') throw new Error(begun.reason);
    await this.conductor.ears.hear(id, begun.token, { kind: 'started', device: 'a GPU' });
    return { ...begun, name: name.name };
  }

  /** Has one run come to its end and another one cancelled. */
  async endOf(done: string, unwanted: string): Promise<void> {
    await this.conductor.cancel(unwanted, 'Not that one.');
    const run = await this.store.run(done);
    if (run !== undefined && !isTerminal(run.state)) {
      await this.state(done, 'starting', 'running');
      const pod = (await this.pods(done)).find(({ metadata }) => metadata?.deletionTimestamp === undefined);
      const name = { name: pod?.metadata?.name ?? '', uid: pod?.metadata?.uid ?? '' };
      const begun = await this.conductor.ears.begin(done, name);
      if (begun.kind === 'begun')
        await this.say(done, begun.token, begun.offset, { kind: 'end', outcome: 'succeeded' });
    }
    await this.state(unwanted, 'cancelled');
    await this.state(done, 'succeeded');
  }

  /** Takes lines into the journal of a run. */
  say(id: string, token: string, offset: number, ...lines: readonly object[]) {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    return this.conductor.ears.journal(id, token, offset, Buffer.from(text));
  }

  async path(id: string): Promise<readonly string[]> {
    const states = (await this.store.transitions(id)).filter(({ from, to }) => from !== to);
    return states.map(({ to }) => to);
  }
}
