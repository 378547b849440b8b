import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobName } from '../job-names.js';
import { hasControlPlane } from '../testing/has-control-plane.js';
import { spec } from '../testing/whole/specs.js';
import type { Outcome, ToldRun } from '../testing/whole/told-runs.js';
import { undisturbed, WholeCluster } from '../testing/whole/whole-cluster.js';
import { BatteredService, type Moment } from './battered-service.js';
import { diceOf } from './dice.js';
import { Sightings } from './sightings.js';

const kills = Number(process.env['MODA_KILLS'] ?? 4);
/** Give the one of a failure to have its moments again. */
const seed = Number(process.env['MODA_SEED'] ?? 1 + Math.floor(Math.random() * 1e6));
/** A run is cancelled when it is in its pod, and in the next round when it has just been submitted. */
const moments: readonly Moment[] = ['submit', 'run', 'cancel', 'submit', 'cancel', 'run'];
const minutes = 60_000;

describe.skipIf(!hasControlPlane())('a training service that is killed [needs kubernetes]', () => {
  let cluster: WholeCluster;
  let sightings: Sightings;
  let expected: Outcome;
  beforeAll(async () => {
    [expected] = (await undisturbed([spec])) as [Outcome];
    cluster = await WholeCluster.start({ gpus: 3 });
    sightings = new Sightings(cluster);
    expect(expected.state).toBe('succeeded');
  }, 10 * minutes);
  afterAll(async () => {
    await sightings?.stop();
    await cluster?.close();
  });

  it(
    `loses nothing and leaves nothing behind, ${kills} times while it submits, runs and cancels (seed ${seed})`,
    async () => {
      const { runs } = cluster;
      const battered = new BatteredService(cluster, sightings, diceOf(seed));
      for (let kill = 0; kill < kills; kill += 1) await battered.killAt(moments[kill % moments.length]!);
      await battered.cancelTheRest();
      const { unwanted, wanted } = battered;
      const ids = [...wanted, ...unwanted];

      const ended: ToldRun[] = [];
      for (const id of ids) ended.push(await runs.end(id, 5 * minutes));
      const longestLieMs = Math.max(...ended.map((run) => sightings.longestLieMs(run)));
      const attempts = ended.reduce((sum, { attempt }) => sum + attempt, 0);
      const struck = battered.kills.map(
        ({ afterMs, moment, pod }) => `${moment}+${afterMs}${pod ? ' with its pod' : ''}`,
      );
      console.log(
        `seed ${seed}: ${battered.kills.length} kills (${struck.join(', ')}), ${ids.length} runs, ${attempts} attempts; at the longest ${longestLieMs} ms "running" without a pod`,
      );

      // Weights and points as if nothing had been; an event that is missing or told twice throws.
      for (const id of wanted) expect(await runs.outcome(id)).toEqual(expected);
      for (const id of unwanted) {
        const { points, state } = await runs.outcome(id);
        expect(state).toBe('cancelled');
        expect(points.map(({ step }) => step)).toEqual(points.map((_, i) => i + 1));
      }
      expect(longestLieMs).toBeLessThan(30_000);

      // With the rights of its Role, whatever it was in the middle of.
      const asked = await cluster.plane.requests();
      const refused = asked.filter(({ allowed, user }) => !allowed && user.endsWith(':moda:moda-training'));
      expect(refused).toEqual([]);

      // Asked for again and again, submitted once.
      const { runs: known } = await runs.ask<{ runs: { edges: { node: { id: string } }[] } }>(
        '{ runs(first: 100, criteria: { archived: any }, order: newest) { edges { node { id } } } }',
      );
      expect(known.edges.map(({ node }) => node.id).sort()).toEqual([...ids].sort());

      for (const [name, uids] of sightings.jobs) expect([name, uids.size]).toEqual([name, 1]);
      expect(ids.map(jobName)).toEqual(expect.arrayContaining([...sightings.jobs.keys()]));
      expect([...sightings.jobs.keys()]).toEqual(expect.arrayContaining(wanted.map(jobName)));
      expect([...sightings.doubled]).toEqual([]);

      const atWork = async () =>
        (await cluster.jobs()).filter(({ status }) => status?.conditions === undefined).length;
      await expect.poll(atWork, { timeout: 2 * minutes }).toBe(0);
      const processes = () =>
        execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' })
          .split('\n')
          .filter((line) => line.includes(cluster.plane.folder) && line.includes('worker'));
      await expect.poll(processes, { timeout: minutes }).toEqual([]);
      expect(ids.filter((id) => cluster.podAtWork(id) !== undefined)).toEqual([]);
    },
    (5 + kills) * 2 * minutes,
  );

  it.todo(
    'costs no run anything where it dies of each kind of request that a pod makes, half told or unanswered',
  );
});
