import { type ControlPlane, startControlPlane } from '@moda/kubernetes';
import { crowding } from '@moda/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClusterPlace } from './testing/cluster-place.js';
import { hasControlPlane } from './testing/has-control-plane.js';

/** `MODA_QUEUED_RUNS=1000` is what a service has to bear; a few tell of a mistake sooner. */
const runCount = Number(process.env['MODA_QUEUED_RUNS'] ?? 200);
const patienceMs = 900_000;
const maxResidentBytes = 500e6;
const maxListMs = 200;

describe.skipIf(!hasControlPlane())(`${runCount} runs in the queue of a cluster [needs kubernetes]`, () => {
  let plane: ControlPlane;
  let place: ClusterPlace;
  beforeAll(async () => {
    plane = await startControlPlane({ nodes: 1, gpusPerNode: 2 });
    place = await ClusterPlace.open(plane, 'crowd', 2);
  });
  afterAll(async () => {
    await place.close();
    await plane.stop();
  });

  it(
    'have their Jobs, and cost little',
    async () => {
      const before = process.memoryUsage().rss;
      for (let i = 0; i < runCount; i += 1) await place.submit({ experiment: 'crowd' });
      const waiting = () => place.countOf('queued', (reason) => reason.includes('quota'));
      await expect.poll(waiting, { timeout: patienceMs, interval: 5_000 }).toBe(runCount - 2);
      expect(await place.list('jobs')).toHaveLength(runCount);

      const times: number[] = [];
      for (let i = 0; i < 20; i += 1) {
        const startedAt = performance.now();
        await place.store.runs({ experiment: 'crowd', states: ['queued'] }, 'queue', { first: 100 });
        times.push(performance.now() - startedAt);
      }
      const median = times.sort((a, b) => a - b)[10]!;
      const { rss } = process.memoryUsage();
      const more = `${Math.round((rss - before) / 1e6)} MB more than before`;
      console.info(
        `${runCount} queued runs: ${Math.round(rss / 1e6)} MB (${more}), a page of 100 in ${median.toFixed(1)} ms`,
      );
      expect(median).toBeLessThan(maxListMs * crowding());
      // All of it is in this process, the tests' own tools too.
      expect(rss).toBeLessThan(maxResidentBytes);
    },
    2 * patienceMs,
  );
});
