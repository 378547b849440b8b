import { canFollow, isLive, type RunState, runStates } from '@moda/contracts';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunStore } from '../../run-store.js';
import { claimed, newWorker, submitted } from './under-test.js';

export function describeMoving(open: () => RunStore): void {
  let store: RunStore;
  beforeAll(() => {
    store = open();
  });

  describe('the state of a run', () => {
    it('goes from the expected one to one that may follow, and tells it', async () => {
      const { run } = await claimed(store);
      await store.move(run.id, 'admitted', 'starting', 'A worker starts.');
      const moved = await store.move(run.id, ['starting', 'running'], 'running', 'It trains.', {
        device: 'CPU',
        worker: newWorker(),
      });
      if (moved.kind !== 'moved') throw new Error(moved.kind);
      expect(moved.run).toMatchObject({ state: 'running', reason: 'It trains.', device: 'CPU' });
      expect(moved.run.startedAt).toEqual(moved.run.since);
      expect(await store.run(run.id)).toEqual(moved.run);
      const done = await store.move(run.id, 'running', 'succeeded', 'Done.', {
        outcome: { accuracy: 0.5, parameters: 10 },
      });
      expect(done).toMatchObject({
        run: { outcome: { accuracy: 0.5, parameters: 10 }, worker: undefined, heartbeatAt: undefined },
      });
      if (done.kind === 'moved') expect(done.run.endedAt).toEqual(done.run.since);
      const transitions = await store.transitions(run.id);
      expect(transitions.map(({ from, to }) => [from, to])).toEqual([
        [undefined, 'queued'],
        ['queued', 'admitted'],
        ['admitted', 'starting'],
        ['starting', 'running'],
        ['running', 'succeeded'],
      ]);
      expect(transitions.at(-1)?.reason).toBe('Done.');
    });

    it('is not touched where another one was expected, or nothing leads there', async () => {
      const run = await submitted(store);
      expect(await store.move(run.id, 'running', 'failed', 'x')).toEqual({
        kind: 'refused',
        state: 'queued',
      });
      expect(await store.move(run.id, 'queued', 'succeeded', 'x')).toEqual({
        kind: 'refused',
        state: 'queued',
      });
      expect(await store.move('none', 'queued', 'admitted', 'x')).toEqual({
        kind: 'refused',
        state: undefined,
      });
      expect(await store.run(run.id)).toEqual(run);
    });

    it('is set by one of those who come at once', async () => {
      const { run } = await claimed(store);
      const outcomes = await Promise.all(
        Array.from({ length: 5 }, (_, i) => store.move(run.id, 'admitted', 'failed', `Number ${i}.`)),
      );
      expect(outcomes.filter(({ kind }) => kind === 'moved')).toHaveLength(1);
      expect(await store.transitions(run.id)).toHaveLength(3);
    });

    it('follows the rules whatever is tried, and every change has its event', async () => {
      const tries = fc.array(fc.constantFrom(...runStates), { minLength: 1, maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(tries, async (targets) => {
          const { id } = await submitted(store);
          let state: RunState = 'queued';
          const seen: RunState[] = [state];
          for (const to of targets) {
            const outcome = await store.move(id, runStates, to, 'Tried.', { worker: newWorker() });
            expect(outcome.kind).toBe(canFollow(state, to) ? 'moved' : 'refused');
            if (outcome.kind !== 'moved') continue;
            state = to;
            seen.push(to);
            expect(outcome.run.worker === undefined).toBe(!isLive(to));
          }
          expect((await store.transitions(id)).map(({ to }) => to)).toEqual(seen);
        }),
        { numRuns: 8 },
      );
    });

    it('after an interruption is queued again with nothing left of the worker', async () => {
      const { run, token } = await claimed(store);
      await store.move(run.id, 'admitted', 'interrupted', 'No sign of life.');
      expect(await store.beat(run.id, token, new Date())).toBe(false);
      const queued = await store.move(run.id, 'interrupted', 'queued', 'It goes on.');
      expect(queued).toMatchObject({ run: { state: 'queued', attempt: 1, worker: undefined } });
      await store.move(run.id, 'queued', 'cancelled', 'Enough.');
    });
  });

  describe('the reason of a state', () => {
    it('is told again where it is another one, and only there', async () => {
      const run = await submitted(store);
      expect(await store.explain(run.id, 'queued', 'No GPU is free.')).toBe(true);
      expect(await store.explain(run.id, 'queued', 'No GPU is free.')).toBe(true);
      expect(await store.explain(run.id, 'running', 'It trains.')).toBe(false);
      expect(await store.explain('none', 'queued', 'x')).toBe(false);
      expect(await store.run(run.id)).toEqual({
        ...run,
        reason: 'No GPU is free.',
        lastSequence: run.lastSequence + 1,
      });
      const told = await store.events(run.id, run.lastSequence, 10);
      expect(told.map(({ body }) => body)).toEqual([
        { kind: 'state', from: 'queued', to: 'queued', reason: 'No GPU is free.' },
      ]);
      expect(told[0]?.at).toBeInstanceOf(Date);
      await store.requestCancel(run.id, 'Tidied up.');
    });
  });

  describe('a cancellation', () => {
    it('of a queued run is immediate, and of one that has ended refused', async () => {
      const { id } = await submitted(store);
      expect(await store.requestCancel(id, 'Cancelled by me.')).toMatchObject({
        kind: 'cancelled',
        run: { state: 'cancelled', reason: 'Cancelled by me.' },
      });
      expect(await store.requestCancel(id, 'x')).toEqual({ kind: 'refused', state: 'cancelled' });
      expect(await store.requestCancel('none', 'x')).toEqual({ kind: 'refused', state: undefined });
    });

    it('of a live run is a wish until its worker is gone', async () => {
      const { run } = await claimed(store);
      const wished = await store.requestCancel(run.id, 'Cancelled by me.');
      expect(wished).toMatchObject({ kind: 'requested', run: { state: 'admitted' } });
      if (wished.kind === 'requested') expect(wished.run.cancelRequestedAt).toBeInstanceOf(Date);
      expect(await store.requestCancel(run.id, 'x')).toEqual(wished);
      expect(await store.move(run.id, 'admitted', 'cancelled', 'The worker is gone.')).toMatchObject({
        run: { cancelRequestedAt: undefined, worker: undefined },
      });
    });
  });
}
