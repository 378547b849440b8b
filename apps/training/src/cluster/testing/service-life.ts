import { setTimeout as sleep } from 'node:timers/promises';
import type { RunStore } from '../../runs/run-store.js';
import type { Job } from '../api/kube-objects.js';
import { jobName } from '../job-names.js';
import type { ClusterPlace } from './cluster-place.js';
import { Killed } from './mortal.js';

const patienceMs = 60_000;

/** One thing that a service gets done. */
interface Step {
  begin(): Promise<void>;
  isReached(): Promise<boolean>;
}

/** All that a service does with a cluster that has room for one run, step by step. */
export class ServiceLife {
  /** By name, in the order in which they follow each other. */
  private readonly steps: ReadonlyMap<string, Step>;
  private first = '';
  private second = '';
  private third = '';

  constructor(private readonly place: ClusterPlace) {
    this.steps = new Map<string, Step>([
      [
        'has a Job for its run',
        {
          begin: async () => void (this.first = await place.submit()),
          isReached: () => this.hasJob(this.first),
        },
      ],
      [
        'knows the pod of its run',
        {
          begin: () => Promise.resolve(),
          isReached: async () => (await place.store.run(this.first))?.state === 'starting',
        },
      ],
      [
        'says why a run has to wait',
        {
          begin: async () => void (this.second = await place.submit()),
          isReached: async () => (await place.store.run(this.second))?.reason.includes('quota') === true,
        },
      ],
      [
        'ends what is cancelled',
        {
          begin: async () => {
            await place.conductor.cancel(this.first, 'Enough.');
          },
          isReached: async () => (await place.store.run(this.first))?.state === 'cancelled',
        },
      ],
      [
        'goes on where another one died',
        { begin: () => this.dieBehindTheSecret(), isReached: () => this.hasJob(this.third) },
      ],
    ]);
  }

  get names(): readonly string[] {
    return [...this.steps.keys()];
  }

  /** Goes through all steps before this one. */
  async upTo(name: string): Promise<void> {
    for (const each of this.names) {
      if (each === name) return;
      await this.begin(each);
      await this.reach(each);
    }
  }

  begin(name: string): Promise<void> {
    return this.step(name).begin();
  }

  isReached(name: string): Promise<boolean> {
    return this.step(name).isReached();
  }

  async reach(name: string): Promise<void> {
    for (const deadline = Date.now() + patienceMs; !(await this.isReached(name)); await sleep(50))
      if (Date.now() > deadline) throw new Error(`No service ${name}.\n${await this.whole()}`);
  }

  /** The next service, which knows what is in the store and in the cluster. */
  async restart(): Promise<void> {
    await this.place.conductor.stop();
    this.place.conduct();
  }

  /** A service that has made a Job and its Secret, and is killed before it could say so. */
  private async dieBehindTheSecret(): Promise<void> {
    const { first, place, second } = this;
    await place.conductor.stop();
    let declareOver!: () => void;
    const over = new Promise<void>((resolve) => (declareOver = resolve));
    const explain: RunStore['explain'] = async (id, ...words) => {
      if (id === first || id === second) return place.store.explain(id, ...words);
      declareOver();
      throw new Killed('The service was killed.');
    };
    const store = new Proxy(place.store, {
      get(target, name, receiver) {
        const member: unknown = name === 'explain' ? explain : Reflect.get(target, name, receiver);
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      },
    });
    place.conduct({ store });
    this.third = await place.submit();
    await over;
    await this.restart();
  }

  /** All there is to see, for who asks why. */
  private async whole(): Promise<string> {
    const { place } = this;
    const lines: string[] = [];
    for (const id of [this.first, this.second, this.third].filter(Boolean))
      for (const { at, reason, to } of await place.store.transitions(id))
        lines.push(`${at.toISOString()} run ${id} ${to}: ${reason}`);
    for (const kind of ['jobs', 'pods', 'workloads.kueue.x-k8s.io'])
      for (const { metadata, status } of await place.list<Pick<Job, 'metadata' | 'status'>>(kind))
        lines.push(
          `${kind} ${metadata?.name} ${metadata?.deletionTimestamp ?? ''} ${JSON.stringify(status)}`,
        );
    return lines.join('\n');
  }

  private async hasJob(id: string): Promise<boolean> {
    const run = await this.place.store.run(id);
    return run !== undefined && (run.state !== 'queued' || run.reason.includes(jobName(id)));
  }

  private step(name: string): Step {
    const step = this.steps.get(name);
    if (step === undefined) throw new Error(`There is no step "${name}".`);
    return step;
  }
}
