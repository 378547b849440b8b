import { setTimeout as sleep } from 'node:timers/promises';
import { endless, spec } from '../testing/whole/specs.js';
import type { WholeCluster } from '../testing/whole/whole-cluster.js';
import type { Dice } from './dice.js';
import { insist } from './insist.js';
import type { Sightings } from './sightings.js';

/** What somebody wants of the service at the moment of its death. */
export type Moment = 'submit' | 'run' | 'cancel';

/** Of a request that is under way, and what follows from it at once (ms). */
const soonMs = 1_500;
/** Of a run in its pod (ms). */
const lifeMs = 6_000;
const awayMs = 3_000;
const patienceMs = 120_000;
const startsAtMost = 3;

/** Kills the service, while people go on to ask it for what they want. */
export class BatteredService {
  /** Runs that are to come to their own end. */
  readonly wanted: string[] = [];
  readonly unwanted: string[] = [];
  readonly kills: { readonly moment: Moment; readonly afterMs: number; readonly pod: boolean }[] = [];
  private readonly cancelled = new Set<string>();
  /** Each loses one pod at most: a run that loses them again and again is given up. */
  private readonly bereft = new Set<string>();

  constructor(
    private readonly cluster: WholeCluster,
    private readonly sightings: Sightings,
    private readonly dice: Dice,
  ) {}

  async killAt(moment: Moment): Promise<void> {
    if (moment === 'submit') await this.whileSubmitting();
    else if (moment === 'run') await this.whileRunning();
    else await this.whileCancelling();
  }

  /** Has all that is unwanted cancelled. */
  async cancelTheRest(): Promise<void> {
    for (const id of this.unwanted) if (!this.cancelled.has(id)) await this.cancel(id);
  }

  private async whileSubmitting(): Promise<void> {
    const round = this.kills.length;
    const submitted = [spec, endless].map((each, i) =>
      insist(() => this.cluster.runs.submit(each, { idempotencyKey: `${round}-${i}` })),
    );
    await this.strike('submit', soonMs);
    const [wanted, unwanted] = (await Promise.all(submitted)) as [string, string];
    this.wanted.push(wanted);
    this.unwanted.push(unwanted);
  }

  /** Every other time the newest run loses its pod in the same moment. */
  private async whileRunning(): Promise<void> {
    const id = this.wanted.at(-1) ?? '';
    for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(50)) {
      const { state } = await insist(() => this.cluster.runs.run(id));
      if (this.cluster.podAtWork(id) !== undefined || state === 'succeeded') break;
    }
    const isPodKilled = this.kills.filter(({ moment }) => moment === 'run').length % 2 === 0;
    await this.strike('run', lifeMs, isPodKilled && !this.bereft.has(id) ? id : undefined);
  }

  private async whileCancelling(): Promise<void> {
    const id = this.unwanted.at(-1) ?? '';
    const cancelled = this.cancel(id);
    await this.strike('cancel', soonMs);
    await cancelled;
  }

  private async cancel(id: string): Promise<void> {
    await insist(() => this.cluster.runs.cancel(id));
    this.cancelled.add(id);
  }

  private async strike(moment: Moment, withinMs: number, victim?: string): Promise<void> {
    const { cluster, dice, sightings } = this;
    const afterMs = Math.round(dice() * withinMs);
    const absentMs = dice() < 0.5 ? 0 : dice() * awayMs;
    await sleep(afterMs);
    sightings.isServed = false;
    const gone = cluster.service.end('SIGKILL');
    const pod = victim === undefined ? undefined : cluster.podAtWork(victim);
    if (pod !== undefined && victim !== undefined) {
      cluster.pods.signal(pod.name, 'SIGKILL');
      this.bereft.add(victim);
    }
    await gone;
    this.kills.push({ moment, afterMs, pod: pod !== undefined });
    await sleep(absentMs);
    await this.comeBack();
    sightings.isServed = true;
  }

  /** On a machine that is short of everything a service may not be ready in time: then it is started again, as a supervisor does. */
  private async comeBack(): Promise<void> {
    for (let left = startsAtMost; ; left -= 1) {
      try {
        return await this.cluster.service.start();
      } catch (error) {
        if (left === 1) throw error;
      }
    }
  }
}
