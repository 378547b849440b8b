import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TrainSpec } from '@moda/contracts';
import { openRunStore } from '../../runs/open-run-store.js';
import type { RunEvent, Transition } from '../../runs/run-event.js';
import type { RunRecord } from '../../runs/run-record.js';
import type { RunStore } from '../../runs/run-store.js';
import { keptEpochs } from '../../worker/kept-checkpoints.js';
import { type RunFiles, runFiles } from '../../worker/run-files.js';

// Processes run what was built.
export const program = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  'dist',
  'conductor',
  'testing',
  'serve-until-killed.js',
);

/** What is known of a run when all is over. */
export interface Ended {
  readonly run: RunRecord;
  readonly events: readonly RunEvent[];
  /** Digest of the weights. */
  readonly weights: string;
  readonly keptEpochs: readonly number[];
  /** The longest time in which the run was said to run and no worker was there. */
  readonly longestLieMs: number;
}

interface Sighting {
  readonly at: number;
  /** Of the worker that was there. */
  readonly pid: number | undefined;
}

/** A place of runs, with some of them in its queue, and a service that works on one after the other and can be killed. */
export class KillPlace {
  private readonly services: ChildProcess[] = [];
  private readonly sightings = new Map<string, Sighting[]>();
  private readonly watching: NodeJS.Timeout;

  private constructor(
    private readonly dataFolder: string,
    private readonly runsFolder: string,
    private readonly ids: readonly string[],
  ) {
    this.watching = setInterval(() => void this.workers(), sightEveryMs);
  }

  static async open(folder: string, specs: readonly TrainSpec[]): Promise<KillPlace> {
    const dataFolder = join(folder, 'database');
    const store = await openRunStore({ dataFolder });
    const ids: string[] = [];
    const order = { experiment: 'kills', user: 'local', traceId: '0'.repeat(32) };
    for (const spec of specs) ids.push((await store.submit({ ...order, spec })).run.id);
    await store.close();
    return new KillPlace(dataFolder, join(folder, 'runs'), ids);
  }

  /** Starts the service; resolves when it works on its queue. */
  async serve(): Promise<ChildProcess> {
    const service = spawn(process.execPath, [program, this.dataFolder, this.runsFolder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.services.push(service);
    await once(service.stdout, 'data');
    return service;
  }

  /** The process that works on a run, as soon as there is one. Undefined where all are done. */
  async worker(): Promise<number | undefined> {
    let pid: number | undefined;
    await until(async () => (pid = (await this.workers())[0]) !== undefined || (await this.isDone()), 60_000);
    return pid;
  }

  /** Living processes that say they work on a run. */
  async workers(): Promise<number[]> {
    const pids: number[] = [];
    for (const id of this.ids) {
      const names = await readdir(join(this.runsFolder, id)).catch((): string[] => []);
      const named = names.flatMap((each) => /^worker-[0-9a-f]+-(\d+)-/.exec(each)?.[1] ?? []);
      const [pid] = named.map(Number).filter(isThere);
      if (pid !== undefined) pids.push(pid);
      const sightings = this.sightings.get(id) ?? [];
      sightings.push({ at: Date.now(), pid });
      this.sightings.set(id, sightings);
    }
    return pids;
  }

  /** Whether the workers have said their last words. */
  async isDone(): Promise<boolean> {
    for (const id of this.ids) {
      const journal = await readFile(this.filesOf(id).journal, 'utf8').catch(() => '');
      if (!journal.includes('"kind":"end"')) return false;
    }
    return true;
  }

  /** Lets the service end all runs, stops it in order, and says what came of it all. */
  async toEnd(service: ChildProcess): Promise<Ended[]> {
    const limitMs = this.ids.length * 120_000;
    if (!(await until(() => this.isDone(), limitMs))) throw new Error('The runs did not come to their ends.');
    await until(async () => (await this.workers()).length === 0, 10_000);
    await sleep(settleMs);
    const exited = once(service, 'exit');
    service.kill('SIGTERM');
    await exited;
    clearInterval(this.watching);
    const store = await openRunStore({ dataFolder: this.dataFolder });
    const ended: Ended[] = [];
    for (const id of this.ids) ended.push(await this.ended(store, id));
    await store.close();
    return ended;
  }

  /** Processes of this place that are still there: services and workers name its folder. */
  processes(): string[] {
    const all = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
    return all.filter((line) => line.includes(this.runsFolder));
  }

  close(): void {
    clearInterval(this.watching);
    for (const service of this.services) service.kill('SIGKILL');
  }

  private async ended(store: RunStore, id: string): Promise<Ended> {
    const bytes = await readFile(join(this.filesOf(id).model, 'weights.safetensors'));
    return {
      run: (await store.run(id))!,
      events: await store.events(id, 0, 10_000),
      weights: createHash('sha256').update(bytes).digest('hex'),
      keptEpochs: await keptEpochs(this.filesOf(id)),
      longestLieMs: longestLie(await store.transitions(id), this.sightings.get(id) ?? []),
    };
  }

  private filesOf(id: string): RunFiles {
    return runFiles(join(this.runsFolder, id));
  }
}

const sightEveryMs = 50;
/** For the service to store the end of the last run. */
const settleMs = 1000;

/** In milliseconds: from a sighting without a worker to the last one without it, as far as the run was said to run. */
function longestLie(transitions: readonly Transition[], sightings: readonly Sighting[]): number {
  let longest = 0;
  for (const [i, { to, at }] of transitions.entries()) {
    if (to !== 'running' && to !== 'checkpointing') continue;
    const end = transitions[i + 1]?.at.getTime() ?? Infinity;
    let since: number | undefined;
    for (const { at: seenAt, pid } of sightings) {
      if (seenAt < at.getTime() || seenAt > end) continue;
      since = pid === undefined ? (since ?? seenAt) : undefined;
      if (since !== undefined) longest = Math.max(longest, seenAt - since);
    }
  }
  return longest;
}

export function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export async function until(done: () => Promise<boolean>, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (performance.now() < deadline) {
    if (await done()) return true;
    await sleep(10);
  }
  return false;
}
