import { beforeAll, describe, expect, it } from 'vitest';
import type { RunStore } from '../../run-store.js';
import { sampleRequest, sampleSpec } from '../sample-request.js';
import { submitted } from './under-test.js';

export function describeSubmitting(open: () => RunStore): void {
  let store: RunStore;
  beforeAll(() => {
    store = open();
  });

  describe('a run that is submitted', () => {
    it('is queued, with everything that was said of it', async () => {
      const parent = await submitted(store);
      const request = sampleRequest({
        name: 'first try',
        spec: sampleSpec({ classes: ['0', '3'], learningRate: 1e-7, alpha: 0.1 }),
        priority: 3,
        parent: { runId: parent.id, epoch: 2 },
        idempotencyKey: 'key',
        tags: ['a', 'b, "c"'],
        notes: 'A note.',
      });
      const { kind, run } = await store.submit(request);
      expect(kind).toBe('submitted');
      expect(run).toMatchObject({
        ...request,
        state: 'queued',
        reason: `Submitted by ${request.user}.`,
        attempt: 0,
        archived: false,
        progress: { done: 0, total: 0, unit: 'step' },
        metricNames: [],
        lastSequence: 1,
      });
      for (const absent of ['startedAt', 'endedAt', 'heartbeatAt', 'worker', 'outcome', 'error'] as const)
        expect(run[absent], absent).toBeUndefined();
      expect(await store.run(run.id)).toEqual(run);
      expect(await store.transitions(run.id)).toEqual([
        { from: undefined, to: 'queued', reason: run.reason, at: run.createdAt },
      ]);
    });

    it('twice with one key is one run, however many ask at once', async () => {
      const request = sampleRequest({ idempotencyKey: 'again' });
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => store.submit(request)));
      expect(outcomes.filter(({ kind }) => kind === 'submitted')).toHaveLength(1);
      expect(outcomes.filter(({ kind }) => kind === 'again')).toHaveLength(4);
      expect(new Set(outcomes.map(({ run }) => run.id)).size).toBe(1);
      const [{ run }] = outcomes as [(typeof outcomes)[0]];
      expect(await store.submit({ ...request, spec: sampleSpec({ seed: 99 }) })).toEqual({
        kind: 'conflict',
        run,
      });
      expect((await store.submit({ ...request, user: 'somebody else' })).kind).toBe('submitted');
    });

    it('trains where it says nothing else, and is another run with another task', async () => {
      const request = sampleRequest({ idempotencyKey: 'task' });
      expect((await store.submit(request)).run.task).toEqual({ kind: 'train' });
      expect((await store.submit({ ...request, task: { kind: 'train' } })).kind).toBe('again');
      const task = { kind: 'compose', run: 'a1', classes: ['0', 'a "b"'], tau: 0.25 } as const;
      expect((await store.submit({ ...request, task })).kind).toBe('conflict');
      const { run } = await store.submit({ ...request, idempotencyKey: 'other', task });
      expect(run.task).toEqual(task);
      expect(await store.run(run.id)).toEqual(run);
    });

    it('without a key is another run each time', async () => {
      const request = sampleRequest();
      const [first, second] = [await store.submit(request), await store.submit(request)];
      expect(first.run.id).not.toBe(second.run.id);
      expect(second.kind).toBe('submitted');
    });
  });

  describe('what people write about a run', () => {
    it('is changed by itself, taken away by null, and kept where nothing is said', async () => {
      const { id } = await submitted(store, { name: 'n', notes: 'old', tags: ['x'] });
      expect(await store.annotate(id, { notes: 'new', tags: ['y', 'z'] })).toMatchObject({
        name: 'n',
        notes: 'new',
        tags: ['y', 'z'],
      });
      expect(await store.annotate(id, { name: null, archived: true })).toMatchObject({
        name: undefined,
        notes: 'new',
        archived: true,
      });
      expect(await store.annotate(id, {})).toEqual(await store.run(id));
      expect(await store.annotate('none', { notes: 'x' })).toBeUndefined();
    });

    it('may hold any character', async () => {
      const { id } = await submitted(store);
      expect(await store.annotate(id, { notes: 'a\0b {"} \u{1F600}' })).toMatchObject({
        notes: 'a\u{FFFD}b {"} \u{1F600}',
      });
    });
  });
}
