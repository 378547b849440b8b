import { randomUUID } from 'node:crypto';
import { isTerminal } from '@moda/contracts';
import type { ReportedBody } from '../../runs/run-event.js';
import type { RunStore } from '../../runs/run-store.js';
import { type JournalEnd, parseJournalLine } from '../../worker/journal-body.js';
import { journalName } from '../../worker/run-files.js';
import type { PodEars, PodName } from '../pod-ears.js';

/** Ears over a store of a single run, without a cluster: whoever begins last has it. */
export class StoreEars implements PodEars {
  /** What the pods are told to do. */
  wish: 'heard' | 'stop' = 'heard';
  private readonly pods = new Map<string, string>();

  constructor(private readonly store: RunStore) {}

  async begin(id: string, pod: PodName): ReturnType<PodEars['begin']> {
    let run = await this.store.run(id);
    if (run === undefined) return { kind: 'refused', reason: `There is no run ${id}.` };
    if (isTerminal(run.state)) return { kind: 'refused', reason: `The run has ${run.state} already.` };
    const token = run.worker?.token;
    if (token === undefined || this.pods.get(pod.uid) !== token) {
      await this.store.move(id, ['admitted', 'starting', 'running'], 'interrupted', 'Its pod is gone.');
      await this.store.move(id, 'interrupted', 'queued', 'It goes on from its last checkpoint.');
      run = await this.store.claimNext({
        worker: { pid: 0, host: pod.name, token: randomUUID() },
        limits: { total: 1, perUser: 1 },
      });
      if (run === undefined) throw new Error('The run cannot be claimed.');
      this.pods.set(pod.uid, run.worker!.token);
      await this.store.move(id, 'admitted', 'starting', 'Its pod has begun.');
    }
    const offset = await this.store.journalOffset(id, journalName);
    return { kind: 'begun', token: run.worker!.token, offset, attempt: run.attempt, run };
  }

  async hear(id: string, token: string, news: Parameters<PodEars['hear']>[2]): ReturnType<PodEars['hear']> {
    if (!(await this.store.beat(id, token, new Date()))) return 'lost';
    if (news.kind === 'started') await this.store.move(id, 'starting', 'running', 'Its worker has begun.');
    return this.wish;
  }

  async journal(
    id: string,
    token: string,
    offset: number,
    lines: Uint8Array,
  ): ReturnType<PodEars['journal']> {
    const bodies = Buffer.from(lines)
      .toString()
      .split('\n')
      .flatMap((line) => parseJournalLine(line) ?? []);
    const reported = bodies.filter((body): body is ReportedBody => body.kind !== 'end');
    const end = bodies.find((body): body is JournalEnd => body.kind === 'end');
    const next = offset + lines.length;
    const outcome = await this.store.append(id, token, { file: journalName, offset }, reported, next);
    if (outcome.kind === 'lost') return outcome;
    if (outcome.kind === 'elsewhere') return outcome;
    if (end?.outcome === 'failed')
      await this.store.move(id, ['starting', 'running'], 'failed', end.message, {
        error: { code: end.code, message: end.message },
      });
    else if (end) await this.store.move(id, 'running', 'succeeded', 'Done.');
    return { kind: 'stored', offset: next };
  }
}
