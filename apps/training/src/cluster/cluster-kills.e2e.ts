import { type ControlPlane, startControlPlane } from '@moda/kubernetes';
import { isTerminal } from '@moda/contracts';
import { createLogger } from '@moda/service-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from './api/kube-objects.js';
import { ClusterPlace } from './testing/cluster-place.js';
import { hasControlPlane } from './testing/has-control-plane.js';
import { lifeOf } from './testing/mortal.js';

const kills = Number(process.env['MODA_KILLS'] ?? 6);
/** From the submission of two runs to the end of both a service asks store and cluster about so often. */
const callsOfAWhole = 60;

describe.skipIf(!hasControlPlane())('a service that dies between any two calls [needs kubernetes]', () => {
  let plane: ControlPlane;
  let place: ClusterPlace;
  beforeAll(async () => {
    plane = await startControlPlane({ nodes: 1, gpusPerNode: 8 });
    place = await ClusterPlace.open(plane, 'kills', 2);
    await place.conductor.stop();
  });
  afterAll(async () => {
    await place.close();
    await plane.stop();
  });

  const patience = { lingerMs: 200 };
  const logger = createLogger({ service: 'training', level: 'silent' });

  it(
    `leaves no run without an end and no Job at work, ${kills} times`,
    async () => {
      const ids: string[] = [];
      for (let kill = 0; kill < kills; kill += 1) {
        const calls = 1 + Math.floor(((kill + Math.random()) * callsOfAWhole) / kills);
        const life = lifeOf(calls, kill % 2 === 0);
        place.conduct({ patience, logger, store: life.part(place.store) }, (api) => life.part(api));
        const first = place.conductor;
        const [done, unwanted] = [await place.submit(), await place.submit()];
        ids.push(done, unwanted);
        const ending = place.endOf(done, unwanted);
        await Promise.race([life.over, ending.catch(() => undefined)]);
        await first.stop();

        place.conduct({ patience });
        await ending.catch(() => undefined);
        await place.endOf(done, unwanted);
        await place.conductor.stop();
      }

      place.conduct({ patience });
      for (const id of ids) expect(isTerminal((await place.store.run(id))!.state)).toBe(true);
      const atWork = async () => {
        const jobs = await place.list<Job>('jobs');
        return jobs.filter(
          ({ status }) => status?.completionTime === undefined && status?.conditions === undefined,
        );
      };
      await expect.poll(atWork, { timeout: 60_000 }).toEqual([]);
      for (const { metadata } of await place.list<Job>('jobs'))
        expect(ids.map((id) => `moda-run-${id}`)).toContain(metadata?.name);
    },
    kills * 60_000,
  );
});
