import { KubeConfig } from '@kubernetes/client-node';
import { createLogger } from '@moda/service-kit';
import { openClusterApi } from '../api/cluster-api.js';
import type { Job } from '../api/kube-objects.js';
import { runLabel } from '../job-names.js';
import { type Reflector, startReflector } from '../seen/reflector.js';
import type { ToldRun } from '../testing/whole/told-runs.js';
import type { WholeCluster } from '../testing/whole/whole-cluster.js';

interface Sighting {
  readonly at: number;
  readonly isServed: boolean;
  /** Runs with a pod whose process is alive. */
  readonly alive: ReadonlySet<string>;
}

const everyMs = 50;

/** What was there at any time, beside what the service says. */
export class Sightings {
  /** Uids of all Jobs that there ever were, by name. */
  readonly jobs = new Map<string, Set<string>>();
  /** Runs for which two processes were alive at a time. */
  readonly doubled = new Set<string>();
  /** Whether somebody answers at the moment. */
  isServed = true;
  private readonly pods: Sighting[] = [];
  private readonly watching: NodeJS.Timeout;
  private readonly reflector: Reflector;

  constructor(private readonly cluster: WholeCluster) {
    const config = new KubeConfig();
    config.loadFromFile(cluster.plane.kubeconfig);
    this.reflector = startReflector({
      source: openClusterApi(config, 'moda').jobs,
      logger: createLogger({ service: 'training', level: 'silent' }),
      onList: (jobs) => jobs.forEach((job) => this.takeDown(job as Job)),
      onChange: (_, job) => this.takeDown(job as Job),
    });
    this.watching = setInterval(() => this.look(), everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.watching);
    await this.reflector.stop();
  }

  /** How long a run was said to be running while no process of it was alive and the service could have known (ms). */
  longestLieMs({ id, transitions }: ToldRun): number {
    let longest = 0;
    for (const [i, { to, at }] of transitions.entries()) {
      if (to !== 'running') continue;
      const [from, until] = [Date.parse(at), Date.parse(transitions[i + 1]?.at ?? '9999-01-01T00:00:00Z')];
      let lie = 0;
      for (const [j, { at: seenAt, alive, isServed }] of this.pods.entries()) {
        if (seenAt < from || seenAt > until) continue;
        if (alive.has(id)) lie = 0;
        else if (isServed) lie += seenAt - (this.pods[j - 1]?.at ?? seenAt);
        longest = Math.max(longest, lie);
      }
    }
    return longest;
  }

  private takeDown({ metadata }: Job): void {
    const name = metadata?.name ?? '';
    const known = this.jobs.get(name) ?? new Set();
    this.jobs.set(name, known.add(metadata?.uid ?? ''));
  }

  private look(): void {
    const alive = new Set<string>();
    for (const { end, labels, pid } of this.cluster.pods.pods()) {
      const run = labels[runLabel];
      if (run === undefined || pid === undefined || end !== undefined) continue;
      if (alive.has(run)) this.doubled.add(run);
      alive.add(run);
    }
    this.pods.push({ at: Date.now(), isServed: this.isServed, alive });
  }
}
