import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReportedBody } from '../../run-event.js';
import type { RunStore } from '../../run-store.js';
import { claimed, point, reported } from './under-test.js';

export function describeEvents(open: () => RunStore): void {
  let store: RunStore;
  beforeAll(() => {
    store = open();
  });

  describe('the events of a run', () => {
    it('are what the worker said, as it said it, in order and with every number', async () => {
      const worker = await claimed(store);
      const { run } = worker;
      const bodies: readonly ReportedBody[] = [
        { kind: 'log', level: 'warning', attempt: 1, line: 1, text: 'It "begins" \u{1F600}' },
        { kind: 'metric', step: 10, epoch: 0.5, values: { loss: 0.1 + 0.2, accuracy: 1 / 3 } },
        { kind: 'progress', done: 10, total: 100 },
        { kind: 'checkpoint', epoch: 1, step: 10, digest: 'sha256:x' },
        { kind: 'artifact', name: 'module.json', sizeBytes: 12 },
        { kind: 'metric', step: 20, values: { loss: -1e-300, 'val loss': 7 } },
        { kind: 'metric', step: 30, values: { accuracy: NaN, loss: -Infinity, constructor: 1 } },
      ];
      expect(await reported(store, worker, bodies)).toEqual({ kind: 'appended', first: 3, last: 9 });
      const events = await store.events(run.id, 2, 100);
      expect(events.map(({ body }) => body)).toEqual(bodies);
      expect(events.map(({ sequence }) => sequence)).toEqual([3, 4, 5, 6, 7, 8, 9]);
      expect(events.every(({ runId, at }) => runId === run.id && at instanceof Date)).toBe(true);
      expect(await store.run(run.id)).toMatchObject({
        progress: { done: 10, total: 100, unit: 'step' },
        metricNames: ['loss', 'accuracy', 'val loss', 'constructor'],
        lastSequence: 9,
      });
      expect(await store.events(run.id, 9, 100)).toEqual([]);
      expect(await store.events(run.id, 0, 2)).toHaveLength(2);
      const chosen = await store.events(run.id, 0, 100, ['checkpoint', 'state']);
      expect(chosen.map(({ sequence }) => sequence)).toEqual([1, 2, 6]);
      expect(await store.events(run.id, 0, 100, ['log', 'metric'])).toHaveLength(4);
      expect(await store.events(run.id, 0, 100, [])).toEqual([]);
    });

    it('say what is counted where that is no longer the same', async () => {
      const worker = await claimed(store);
      const counted = async (bodies: readonly ReportedBody[]) => {
        await reported(store, worker, bodies);
        return (await store.run(worker.run.id))?.progress;
      };
      const images = { kind: 'progress', done: 5, total: 9, unit: 'images' } as const;
      expect(await counted([images, { kind: 'progress', done: 9, total: 9 }])).toEqual({
        done: 9,
        total: 9,
        unit: 'images',
      });
      expect(await counted([{ kind: 'progress', done: 1, total: 3, unit: 'part' }])).toEqual({
        done: 1,
        total: 3,
        unit: 'part',
      });
    });

    it('are stored once, whatever part of the journal is read again', async () => {
      const { run, token } = await claimed(store);
      const from = { file: 'j', offset: 0 };
      const bodies = [point(1, { loss: 1 }), { kind: 'progress', done: 1, total: 2 } as const];
      expect(await store.journalOffset(run.id, 'j')).toBe(0);
      await store.append(run.id, token, from, bodies, 80);
      const elsewhere = { kind: 'elsewhere', offset: 80 };
      expect(await store.append(run.id, token, from, bodies, 80)).toEqual(elsewhere);
      expect(await store.append(run.id, token, { file: 'j', offset: 90 }, bodies, 95)).toEqual(elsewhere);
      expect(await store.journalOffset(run.id, 'j')).toBe(80);
      const next = { file: 'j', offset: 80 };
      expect(await store.append(run.id, token, next, [], 81)).toEqual({
        kind: 'appended',
        first: 5,
        last: 4,
      });
      expect(await store.journalOffset(run.id, 'j')).toBe(81);
      expect(await store.journalOffset(run.id, 'another')).toBe(0);
      expect(await store.events(run.id, 0, 100)).toHaveLength(4);
    });

    it('are taken from the worker of this attempt alone', async () => {
      const { run } = await claimed(store);
      const from = { file: 'j', offset: 0 };
      const lost = { kind: 'lost' };
      expect(await store.append(run.id, 'another', from, [point(1, { loss: 1 })], 9)).toEqual(lost);
      expect(await store.append('none', 'another', from, [], 9)).toEqual(lost);
      expect(await store.events(run.id, 2, 100)).toEqual([]);
    });

    it('hold each metric point once, the first one, however often it is computed', async () => {
      const steps = fc.array(fc.array(fc.nat(12), { maxLength: 6 }), { maxLength: 5 });
      await fc.assert(
        fc.asyncProperty(steps, async (batches) => {
          const worker = await claimed(store);
          const first = new Map<number, number>();
          let count = 0;
          for (const batch of batches) {
            const bodies = batch.map((step) => point(step, { value: (count += 1) }));
            for (const body of bodies)
              if (body.kind === 'metric' && !first.has(body.step))
                first.set(body.step, body.values['value']!);
            await reported(store, worker, bodies);
          }
          const events = await store.events(worker.run.id, 2, 1000);
          expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, i) => i + 3));
          const stored = events.map(
            ({ body }) => body.kind === 'metric' && [body.step, body.values['value']],
          );
          expect(stored).toEqual([...first]);
        }),
        { numRuns: 10 },
      );
    });

    it('have no holes for those who read while others write', async () => {
      const worker = await claimed(store);
      const { run, token } = worker;
      const seen: number[] = [];
      const total = 60;
      const writing = (async () => {
        for (let i = 0; i < total; i += 3) {
          const bodies = [1, 2, 3].map((line) => ({
            kind: 'log' as const,
            level: 'info' as const,
            attempt: 1,
            line: i + line,
            text: 'x',
          }));
          await reported(store, worker, bodies);
        }
      })();
      const beating = (async () => {
        for (let i = 0; i < 20; i += 1) await store.beat(run.id, token, new Date());
      })();
      while (seen.length < total + 2) {
        const events = await store.events(run.id, seen.at(-1) ?? 0, 7);
        seen.push(...events.map(({ sequence }) => sequence));
      }
      await Promise.all([writing, beating]);
      expect(seen).toEqual(Array.from({ length: total + 2 }, (_, i) => i + 1));
    });
  });
}
