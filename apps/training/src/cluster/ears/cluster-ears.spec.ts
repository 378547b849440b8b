import { createLogger } from '@moda/service-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunStore } from '../../runs/run-store.js';
import { openMemoryRunStore } from '../../runs/testing/open-memory-run-store.js';
import { sampleRequest } from '../../runs/testing/sample-request.js';
import type { ClusterContext } from '../act/cluster-context.js';
import { defaultPatience } from '../decide/patience.js';
import { jobName } from '../job-names.js';
import type { PodSeen } from '../seen/seen.js';
import { aJob, aPod } from '../testing/sample-sights.js';
import { sampleSettings } from '../testing/sample-settings.js';
import { ClusterEars } from './cluster-ears.js';

let store: RunStore;
beforeAll(async () => {
  store = await openMemoryRunStore();
});
afterAll(() => store.close());

const metric = (step: number) => ({ kind: 'metric', step, values: { loss: 1 } });
const bytes = (...lines: readonly object[]) =>
  Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

/** A run and what its pods would be heard with; `pods` is what the cluster shows. */
async function listenTo() {
  const { run } = await store.submit(sampleRequest());
  const { id } = run;
  const pods: PodSeen[] = [];
  const has = (uid: string) => {
    for (const [i, pod] of pods.entries()) pods[i] = { ...pod, over: true };
    pods.push(aPod({ uid, name: `${jobName(id)}-${uid}` }));
    return { name: `${jobName(id)}-${uid}`, uid };
  };
  const context = {
    store,
    api: { podsOf: async () => [] },
    view: { of: () => ({ job: aJob(), pods, workload: undefined }) },
    settings: sampleSettings,
    logger: createLogger({ service: 'spec', level: 'silent' }),
    clock: () => new Date(),
    patience: defaultPatience,
    onNews: () => undefined,
  } as unknown as ClusterContext;
  return { id, has, ears: new ClusterEars(context, () => undefined) };
}
const stateOf = async (id: string) => (await store.run(id))?.state;
const begun = async (ears: ClusterEars, id: string, pod: { name: string; uid: string }) => {
  const answer = await ears.begin(id, pod);
  if (answer.kind === 'refused') throw new Error(answer.reason);
  return answer;
};

describe('the pod of a run', () => {
  it('has the run from its first word on, however often that is said', async () => {
    const { ears, has, id } = await listenTo();
    const pod = has('a');
    const first = await begun(ears, id, pod);
    expect(first).toMatchObject({ offset: 0, attempt: 1, run: { id, state: 'starting' } });
    expect(await begun(ears, id, pod)).toMatchObject({ token: first.token, attempt: 1 });
    expect(await ears.hear(id, first.token, { kind: 'started', device: 'a GPU' })).toBe('heard');
    expect(await store.run(id)).toMatchObject({ state: 'running', device: 'a GPU' });
  });

  it('is refused where it is not the one that the cluster has, or the run is over or to be', async () => {
    const { ears, has, id } = await listenTo();
    const pod = has('a');
    expect(await ears.begin(id, { name: 'x', uid: 'x' })).toMatchObject({ kind: 'refused' });
    expect(await ears.begin('none', pod)).toMatchObject({ kind: 'refused' });
    await begun(ears, id, pod);
    await store.requestCancel(id, 'Enough.');
    expect(await ears.begin(id, pod)).toMatchObject({ kind: 'refused' });
    expect(await ears.hear(id, 'a', { kind: 'beat' })).toBe('stop');
    await store.move(id, 'starting', 'cancelled', 'x');
    expect(await ears.begin(id, pod)).toMatchObject({ kind: 'refused' });
    expect(await ears.hear(id, 'a', { kind: 'beat' })).toBe('lost');
  });

  it('loses the run to the next one, which goes on where the journal stands', async () => {
    const { ears, has, id } = await listenTo();
    const { token } = await begun(ears, id, has('a'));
    const lines = bytes(metric(1), metric(2));
    expect(await ears.journal(id, token, 0, lines)).toEqual({ kind: 'stored', offset: lines.length });
    expect(await stateOf(id)).toBe('running');
    const next = await begun(ears, id, has('b'));
    expect(next).toMatchObject({ offset: lines.length, attempt: 2 });
    expect(await ears.hear(id, token, { kind: 'beat' })).toBe('lost');
    expect(await ears.journal(id, token, lines.length, lines)).toEqual({ kind: 'lost' });
  });

  it('is told from where to go on, where what it says was stored before or leaves a hole', async () => {
    const { ears, has, id } = await listenTo();
    const { token } = await begun(ears, id, has('a'));
    const lines = bytes(metric(1));
    await ears.journal(id, token, 0, lines);
    for (const offset of [0, 9_999])
      expect(await ears.journal(id, token, offset, lines)).toEqual({
        kind: 'elsewhere',
        offset: lines.length,
      });
    expect(await store.series([id], ['loss'], { points: 10 })).toMatchObject([{ total: 1 }]);
  });

  it('that was silent has its run again, as long as no other one has it', async () => {
    const { ears, has, id } = await listenTo();
    const { token } = await begun(ears, id, has('a'));
    await ears.hear(id, token, { kind: 'started' });
    await store.move(
      id,
      'running',
      'interrupted',
      `No sign of life from pod ${jobName(id)}-a for 30 seconds.`,
    );
    const lines = bytes(metric(1));
    expect(await ears.journal(id, token, 0, lines)).toEqual({ kind: 'stored', offset: lines.length });
    expect(await store.run(id)).toMatchObject({ state: 'running', worker: { token } });
    has('b');
    await store.move(id, 'running', 'interrupted', 'x');
    expect(await ears.hear(id, token, { kind: 'beat' })).toBe('lost');
  });
});

describe('the last word of a pod', () => {
  const done = { kind: 'end', outcome: 'succeeded', accuracy: 0.75 };
  const failed = {
    kind: 'end',
    outcome: 'failed',
    code: 'TRAINING_DIVERGED',
    message: 'The loss is not a number.',
  };

  it('ends the run before it is acknowledged, also where the acknowledgement was lost', async () => {
    const { ears, has, id } = await listenTo();
    const { token } = await begun(ears, id, has('a'));
    const lines = bytes(metric(1), done);
    const stored = { kind: 'stored', offset: lines.length };
    expect(await ears.journal(id, token, 0, lines)).toEqual(stored);
    expect(await store.run(id)).toMatchObject({ state: 'succeeded', outcome: { accuracy: 0.75 } });
    expect(await ears.journal(id, token, 0, lines)).toEqual(stored);
    expect(await ears.journal(id, token, 0, bytes(failed))).toEqual({ kind: 'lost' });
  });

  it('counts where its lines were stored and the service was gone before the state was', async () => {
    const { ears, has, id } = await listenTo();
    const { token } = await begun(ears, id, has('a'));
    const lines = bytes(metric(1));
    await ears.journal(id, token, 0, lines);
    const whole = bytes(metric(1), failed);
    expect(await ears.journal(id, token, 0, whole)).toEqual({ kind: 'stored', offset: whole.length });
    expect(await store.run(id)).toMatchObject({
      state: 'failed',
      reason: 'Training failed: The loss is not a number.',
      error: { code: 'TRAINING_DIVERGED' },
    });
  });
});
