import { isTerminal, type RunState } from '@moda/contracts';
import { type ExitMeaning, meaningOfExit } from '../../conductor/exit-meaning.js';
import { taskWords } from '../../conductor/task-words.js';
import type { PodEars } from '../../pod-desk/pod-ears.js';
import type { RunRecord } from '../../runs/run-record.js';
import type { RunChanges } from '../../runs/run-store.js';
import type { JournalEnd } from '../../worker/journal-body.js';
import { journalName } from '../../worker/run-files.js';
import type { ClusterContext } from '../act/cluster-context.js';
import { isSilence } from '../decide/decide.js';
import { readJournalLines } from './journal-lines.js';
import { ownPod } from './own-pod.js';
import { takeOver } from './take-over.js';

type Outcome<Method extends keyof PodEars> = Awaited<ReturnType<PodEars[Method]>>;

const liveStates: readonly RunState[] = ['admitted', 'starting', 'running', 'checkpointing'];

/**
 * Takes in what pods say of their runs. A pod is known by its uid, and a run that it lost by being out of earshot is its own again as long as
 * the cluster has no other pod for it. Nothing is remembered between two calls.
 */
export class ClusterEars implements PodEars {
  constructor(
    private readonly context: ClusterContext,
    /** This run has news of which something may follow. */
    private readonly look: (runId: string) => void,
  ) {}

  async begin(id: string, pod: { readonly name: string; readonly uid: string }): Promise<Outcome<'begin'>> {
    const { store } = this.context;
    const known = await store.run(id);
    const refused = (reason: string) => ({ kind: 'refused', reason }) as const;
    if (known === undefined) return refused('There is no such run any more.');
    if (isTerminal(known.state)) return refused(`The run has ended: it is ${known.state}.`);
    if (known.cancelRequestedAt !== undefined) return refused('The run is being cancelled.');
    if ((await ownPod(this.context, id, pod.uid)) === undefined)
      return refused(`Pod ${pod.name} is not the one that the Job of the run has now.`);
    const run = await takeOver(this.context, id, pod);
    if (run === undefined) return refused('The run has just ended, or is being cancelled.');
    await store.beat(id, pod.uid, this.context.clock());
    this.look(id);
    const offset = await store.journalOffset(id, journalName);
    return { kind: 'begun', token: pod.uid, offset, attempt: run.attempt, run };
  }

  async hear(id: string, token: string, news: Parameters<PodEars['hear']>[2]): Promise<Outcome<'hear'>> {
    const run = await this.ownRun(id, token);
    if (run === undefined) return 'lost';
    await this.context.store.beat(id, token, this.context.clock());
    if (news.kind === 'started') {
      const { device } = news;
      await this.isRunning(run, device === undefined ? {} : { device });
    }
    return run.cancelRequestedAt === undefined ? 'heard' : 'stop';
  }

  async journal(id: string, token: string, offset: number, lines: Uint8Array): Promise<Outcome<'journal'>> {
    const { context } = this;
    const { bodies, damaged, end } = readJournalLines(lines);
    const stored = { kind: 'stored', offset: offset + lines.length } as const;
    const run = await this.ownRun(id, token);
    // Who asks again was not heard the first time.
    if (run === undefined)
      return end !== undefined && (await this.hasEndedSo(id, end.body)) ? stored : { kind: 'lost' };
    if (damaged > 0)
      context.logger.warn({ runId: id, lines: damaged }, 'Lines of a journal are damaged and passed over.');
    const next = end === undefined ? stored.offset : offset + end.start;
    const outcome = await context.store.append(id, token, { file: journalName, offset }, bodies, next);
    if (outcome.kind === 'lost') return outcome;
    if (outcome.kind === 'elsewhere' && (end === undefined || outcome.offset !== next)) return outcome;
    if (outcome.kind === 'appended' && outcome.last >= outcome.first) context.onNews(id);
    if (bodies.some(({ kind }) => kind !== 'log')) await this.isRunning(run, {});
    if (end === undefined) return stored;
    return (await this.conclude(run, token, end.body)) ? stored : { kind: 'lost' };
  }

  /** The run, if it is of the pod with this uid, or comes back to it. */
  private async ownRun(id: string, token: string): Promise<RunRecord | undefined> {
    const run = await this.context.store.run(id);
    if (run === undefined || isTerminal(run.state)) return undefined;
    if (run.worker?.token === token && run.state !== 'admitted') return run;
    const pod = await ownPod(this.context, id, token);
    const own = pod && (await takeOver(this.context, id, pod));
    if (own === undefined) return undefined;
    const wasRunning = run.state === 'interrupted' && isSilence(run.reason);
    if (wasRunning) await this.isRunning(own, {}, `Pod ${pod?.name} is heard again.`);
    this.look(id);
    return this.context.store.run(id);
  }

  private async isRunning({ id, state, task }: RunRecord, changes: RunChanges, why?: string): Promise<void> {
    if (state !== 'starting') return;
    const reason = why ?? `The worker has begun to ${taskWords[task.kind].begunTo}.`;
    const outcome = await this.context.store.move(id, 'starting', 'running', reason, changes);
    if (outcome.kind !== 'moved') return;
    this.context.onNews(id);
    this.look(id);
  }

  /** False where the run is of another pod by now. */
  private async conclude(run: RunRecord, token: string, end: JournalEnd): Promise<boolean> {
    const { onNews, patience, store } = this.context;
    const meaning = meaningOfExit({ kind: run.task.kind, end, silentMs: patience.silentMs });
    for (let own: RunRecord | undefined = run; own !== undefined; own = await this.ownRun(run.id, token)) {
      // It may have been so quick that nobody heard of its start.
      if (meaning.to === 'succeeded') await this.isRunning(own, {});
      const outcome = await store.move(run.id, liveStates, meaning.to, meaning.reason, changesOf(meaning));
      if (outcome.kind !== 'moved') continue;
      onNews(run.id);
      this.look(run.id);
      return true;
    }
    return this.hasEndedSo(run.id, end);
  }

  private async hasEndedSo(id: string, { outcome }: JournalEnd): Promise<boolean> {
    return (await this.context.store.run(id))?.state === outcome;
  }
}

function changesOf(meaning: ExitMeaning): RunChanges {
  if (meaning.to === 'succeeded') return { outcome: meaning.outcome, error: null };
  return meaning.to === 'failed' ? { error: meaning.error } : {};
}
