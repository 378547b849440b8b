import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasControlPlane } from '../testing/has-control-plane.js';
import { endless, spec } from '../testing/whole/specs.js';
import { hasTrained, type Outcome, pathOf, type ToldRun } from '../testing/whole/told-runs.js';
import { trainingImage, undisturbed, WholeCluster } from '../testing/whole/whole-cluster.js';

// One GPU a node: who loses its node is alone on it.
const nodes = 6;

/** On a crowded machine. */
const startMs = 500_000;

describe.skipIf(!hasControlPlane())('runs whose pods come to grief [needs kubernetes]', () => {
  let cluster: WholeCluster;
  let expected: Outcome;
  beforeAll(async () => {
    [expected] = (await undisturbed([spec])) as [Outcome];
    expect(expected.state).toBe('succeeded');
    cluster = await WholeCluster.start({ nodes, gpusPerNode: 1, gpus: nodes });
  }, startMs);
  afterAll(() => cluster?.close());

  /** A run that has something to lose. */
  async function training(): Promise<{ readonly id: string; readonly pod: string }> {
    const id = await cluster.runs.submit(spec);
    await cluster.runs.until(id, hasTrained);
    return { id, pod: cluster.podAtWork(id)?.name ?? '' };
  }

  /** All that it said when it left a state. */
  const reasonsOf = ({ transitions }: ToldRun, state: string): readonly string[] =>
    transitions.filter(({ to }) => to === state).map(({ reason }) => reason);

  const oneMoreAttempt = [
    ...['queued', 'admitted', 'starting', 'running', 'interrupted'],
    ...['queued', 'admitted', 'starting', 'running', 'succeeded'],
  ];

  it('the image cannot be pulled: it says so and how to help, and goes on once it can be', async () => {
    const { runs, missingImages } = cluster;
    missingImages.add(trainingImage);
    const id = await runs.submit(spec);
    const { reason } = await runs.until(id, (run) => run.reason.includes('BackOff'));
    expect(reason).toMatch(
      /^The image registry.invalid\/moda\/gpu:1.2.3 of pod \S+ cannot be pulled \(ImagePullBackOff: Back-off pulling image \S+\); correct TRAINING_POD_IMAGE, or/,
    );
    expect((await runs.run(id)).state).toBe('starting');
    expect((await runs.run(id)).attempt).toBe(1);
    missingImages.delete(trainingImage);
    expect(await runs.outcome(id)).toEqual(expected);
    expect((await runs.run(id)).attempt).toBe(1);
  });

  describe.concurrent('at the same time, each on a node of its own', { timeout: 600_000 }, () => {
    it('its node is lost', async () => {
      const { id } = await training();
      const [found] = await cluster.podsOf(id);
      await cluster.pods.loseNode(found?.spec?.nodeName ?? '');
      expect(await cluster.runs.outcome(id)).toEqual(expected);
      const run = await cluster.runs.run(id);
      // It is silent first: that its node is gone shows later.
      const reasons = [...reasonsOf(run, 'interrupted'), ...reasonsOf(run, 'queued')];
      expect(reasons.join('\n')).toMatch(/its node was lost\./);
      expect(pathOf(run)).toEqual(oneMoreAttempt);
    });

    it('its pod is evicted', async () => {
      const { id, pod } = await training();
      cluster.pods.evict(pod);
      expect(await cluster.runs.outcome(id)).toEqual(expected);
      const run = await cluster.runs.run(id);
      expect(reasonsOf(run, 'interrupted')).toEqual([
        `Pod ${pod} was evicted by its node: The node was low on resource: memory.`,
      ]);
      expect(pathOf(run)).toEqual(oneMoreAttempt);
    });

    it('its pod runs out of memory', async () => {
      const { id, pod } = await training();
      cluster.pods.killForMemory(pod);
      expect(await cluster.runs.outcome(id)).toEqual(expected);
      const run = await cluster.runs.run(id);
      expect(reasonsOf(run, 'interrupted')).toEqual([
        `Pod ${pod} ran out of memory; a smaller batch needs less, and TRAINING_POD_MEMORY gives more.`,
      ]);
      expect(pathOf(run)).toEqual(oneMoreAttempt);
    });

    it.each([
      ['is not there', 'cifar10', 'DATASET_MISSING'],
      ['is broken', 'mnist', 'DATASET_CORRUPT'],
    ])('its data set %s: it fails for good, and nobody tries again', async (_what, dataset, code) => {
      const { dataFolder, runs } = cluster;
      await mkdir(join(dataFolder, 'mnist'), { recursive: true });
      for (const part of ['train', 't10k'])
        for (const kind of ['images-idx3-ubyte', 'labels-idx1-ubyte'])
          await writeFile(join(dataFolder, 'mnist', `${part}-${kind}`), 'no images');
      const id = await runs.submit({ ...endless, dataset });
      const run = await runs.end(id);
      expect(run).toMatchObject({ state: 'failed', attempt: 1, error: { code } });
      expect(run.error?.message).toContain(dataFolder);
      expect(run.reason).toContain(run.error?.message);
      const job = () => cluster.job(id);
      await expect
        .poll(async () => (await job())?.status?.conditions?.map(({ type }) => type), { timeout: 60_000 })
        .toContain('Failed');
      expect(await cluster.podsOf(id)).toHaveLength(1);
    });
  });
});
