import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event } from '../../testing/over-the-wire.js';
import { hasControlPlane } from '../testing/has-control-plane.js';
import { hasTrained, type Outcome, pathOf, type ToldRun } from '../testing/whole/told-runs.js';
import { undisturbed, WholeCluster } from '../testing/whole/whole-cluster.js';
import { endless, long, spec, stepsOfSpec } from '../testing/whole/specs.js';

// As long as a control plane is away while it is updated, on the one hand; as long as patience lasts, on the other.
const awayMs = 1000 * Number(process.env['MODA_API_AWAY_S'] ?? 8);

/** On a crowded machine. */
const startMs = 500_000;
const patience = { timeout: 200_000 };

describe.skipIf(!hasControlPlane())('runs in pods that are processes, on two GPUs [needs kubernetes]', () => {
  let cluster: WholeCluster;
  let expected: Outcome;
  let expectedOfLong: Outcome;
  beforeAll(async () => {
    [expected, expectedOfLong] = (await undisturbed([spec, long])) as [Outcome, Outcome];
    expect(expected).toMatchObject({
      state: 'succeeded',
      weights: expect.stringMatching(/^sha256:/) as string,
    });
    expect(expected.points).toHaveLength(stepsOfSpec);
    cluster = await WholeCluster.start({ gpus: 2 });
  }, startMs);
  afterAll(() => cluster?.close());

  const isTraining = ({ state }: ToldRun): boolean => state === 'running';
  const isWaiting = ({ reason, state }: ToldRun): boolean => state === 'queued' && reason.includes('quota');

  it('one that is submitted becomes a Job, is told live, and has the weights of the same run on this machine', async () => {
    const { runs } = cluster;
    const id = await runs.submit(spec);
    const told: Event[] = [];
    let atFirstPoint: string | undefined;
    for await (const event of runs.follow(id)) {
      told.push(event);
      if (event.kind === 'metric') atFirstPoint ??= (await runs.run(id)).state;
    }
    expect(atFirstPoint).toBe('running');
    expect(await runs.outcome(id)).toEqual(expected);
    expect(told).toEqual(await runs.events(id));
    expect(pathOf(await runs.run(id))).toEqual(['queued', 'admitted', 'starting', 'running', 'succeeded']);
    expect((await cluster.jobs()).map(({ metadata }) => metadata?.name)).toEqual([`moda-run-${id}`]);
    const [pod, ...others] = await cluster.podsOf(id);
    expect(others).toEqual([]);
    expect(pod?.spec?.containers[0]?.resources?.limits).toMatchObject({ 'nvidia.com/gpu': '1' });
    await expect.poll(async () => (await cluster.job(id))?.status?.succeeded, patience).toBe(1);
  });

  it('of four two run and two wait and say why; who is cancelled makes room for the next', async () => {
    const { runs } = cluster;
    const ids: string[] = [];
    for (let i = 0; i < 4; i += 1) ids.push(await runs.submit(endless));
    /** The runs, once so many of them train and so many wait. */
    const settled = async (counts: readonly [number, number]) => {
      let told: readonly ToldRun[] = [];
      const look = async () => {
        told = await Promise.all(ids.map((id) => runs.run(id)));
        return [told.filter(isTraining).length, told.filter(isWaiting).length];
      };
      await expect.poll(look, patience).toEqual(counts);
      return { training: told.filter(isTraining), waiting: told.filter(isWaiting) };
    };
    const { training, waiting } = await settled([2, 2]);
    const [first, second] = training as [ToldRun, ToldRun];
    for (const { id, reason } of waiting)
      expect(reason).toBe(
        `It waits: the quota of nvidia.com/gpu in the queue moda is in use, and 1 more is needed; it starts when runs before it have ended. Its Job is moda-run-${id}.`,
      );

    await runs.cancel(first.id);
    expect((await runs.state(first.id, 'cancelled')).reason).toContain('its pod is gone');
    expect(cluster.podAtWork(first.id)).toBeUndefined();
    expect(await cluster.job(first.id)).toBeUndefined();
    await settled([2, 1]);
    expect((await runs.run(second.id)).attempt).toBe(1);

    for (const id of ids) await runs.cancel(id);
    for (const id of ids) await runs.state(id, 'cancelled');
    await expect.poll(() => ids.filter((id) => cluster.podAtWork(id) !== undefined), patience).toEqual([]);
  });

  it('a higher priority takes a place; who had it comes back, goes on from its checkpoint, and ends as if nothing had been', async () => {
    const { runs } = cluster;
    const ids = [await runs.submit(long), await runs.submit(long)];
    await Promise.all(ids.map((id) => runs.until(id, hasTrained)));
    const urgent = await runs.submit(spec, { priority: 5 });
    expect(await runs.outcome(urgent)).toEqual(expected);
    for (const id of ids) expect(await runs.outcome(id)).toEqual(expectedOfLong);

    const told = await Promise.all(ids.map((id) => runs.run(id)));
    const [loser, ...others] = told.filter((run) => pathOf(run).includes('preempted')) as [ToldRun];
    expect(others).toEqual([]);
    expect(loser.transitions.find(({ to }) => to === 'preempted')?.reason).toBe(
      `Its place was given to run ${urgent}, of higher priority.`,
    );
    expect(loser.attempt).toBe(2);
    const pod = cluster.pods.pods().find(({ labels }) => labels['moda.dev/run'] === loser.id);
    // The run has succeeded before its pod says so.
    await expect.poll(() => cluster.pods.logOf(pod?.name ?? ''), { timeout: 60_000 }).toMatch(/^Done\.$/m);
    const said = await cluster.pods.logOf(pod?.name ?? '');
    expect(said).toContain('as attempt 2');
    // Epochs that were trained before are not trained again.
    expect(said).not.toMatch(/^epoch 1:/m);
  });

  it(
    `an API server that is away for ${awayMs / 1000} s: runs go on, nothing is lost, states catch up`,
    async () => {
      const { runs } = cluster;
      const going = await runs.submit(long);
      const unwanted = await runs.submit(endless);
      await Promise.all([going, unwanted].map((id) => runs.until(id, hasTrained)));
      await cluster.plane.stopApiServer();
      const late = await runs.submit(spec);
      await runs.cancel(unwanted);
      const { lastSequence } = await toldLast(going);
      await sleep(awayMs);
      expect((await toldLast(going)).lastSequence).toBeGreaterThan(lastSequence);
      expect((await runs.run(late)).state).toBe('queued');
      await cluster.plane.startApiServer();
      expect(await runs.outcome(going)).toEqual(expectedOfLong);
      expect(await runs.outcome(late)).toEqual(expected);
      for (const id of [going, late]) expect((await runs.run(id)).attempt).toBe(1);
      expect((await runs.state(unwanted, 'cancelled')).reason).toContain('its pod is gone');
      await expect.poll(() => cluster.job(unwanted), patience).toBeUndefined();
    },
    300_000 + 2 * awayMs,
  );

  const toldLast = async (id: string) =>
    (
      await cluster.runs.ask<{ run: { lastSequence: number } }>(
        'query ($id: ID!) { run(id: $id) { lastSequence } }',
        {
          id,
        },
      )
    ).run;
});
