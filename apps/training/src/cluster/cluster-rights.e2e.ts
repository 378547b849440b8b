import { setTimeout as sleep } from 'node:timers/promises';
import { type ControlPlane, startControlPlane } from '@moda/kubernetes';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ClusterPlace } from './testing/cluster-place.js';
import { hasControlPlane } from './testing/has-control-plane.js';
import { queueManifests } from './testing/queue-manifests.js';
import { ServiceLife } from './testing/service-life.js';
import { ServiceRole } from './testing/service-role.js';

/** What a service does not get done without a right. Whoever adds a right to the Role says here what it is for. */
const needs: Readonly<Record<string, string>> = {
  'create batch/jobs': 'has a Job for its run',
  'create secrets': 'has a Job for its run',
  'list batch/jobs': 'has a Job for its run',
  'list kueue.x-k8s.io/workloads': 'has a Job for its run',
  'list pods': 'has a Job for its run',
  'watch batch/jobs': 'knows the pod of its run',
  'watch pods': 'knows the pod of its run',
  'watch kueue.x-k8s.io/workloads': 'says why a run has to wait',
  'delete batch/jobs': 'ends what is cancelled',
  'get batch/jobs': 'ends what is cancelled',
  'get secrets': 'goes on where another one died',
};

describe.skipIf(!hasControlPlane())('the rights of the training service [needs kubernetes]', () => {
  let plane: ControlPlane;
  let role: ServiceRole;
  let place: ClusterPlace;
  let life: ServiceLife;
  /** How long each step takes where nothing is missing. */
  const took = new Map<string, number>();
  beforeAll(async () => {
    plane = await startControlPlane({ nodes: 1, gpusPerNode: 1 });
    await plane.kubectl(['apply', '-f', '-'], queueManifests('moda', 1));
    role = await ServiceRole.apply(plane);
  });
  afterAll(() => plane?.stop());
  afterEach(async () => {
    await place.close();
    await plane.kubectl(['-n', 'moda', 'delete', 'jobs', '--all', '--wait=false']);
  });

  const open = async () => {
    // What it is refused is told as often as it asks for it.
    place = await ClusterPlace.open(plane, 'moda', 1, { kubeconfig: role.kubeconfig, logLevel: 'silent' });
    life = new ServiceLife(place);
  };

  it('are what it asks for, and all that it asks for', async () => {
    await open();
    for (const name of life.names) {
      const since = performance.now();
      await life.begin(name);
      await life.reach(name);
      took.set(name, performance.now() - since);
    }
    const asked = await role.asked();
    expect(asked.filter(({ allowed, namespace }) => !allowed || namespace !== 'moda')).toEqual([]);
    expect([...new Set(asked.map(({ right }) => right))].sort()).toEqual(role.rights);
    expect(Object.keys(needs).sort()).toEqual(role.rights);
  });

  it.each(Object.entries(needs))('without "%s" none %s', async (right, step) => {
    await role.grant(role.rights.filter((each) => each !== right));
    const before = (await role.asked()).length;
    const refused = async () => {
      const asked = (await role.asked()).slice(before).filter(({ allowed }) => !allowed);
      return [...new Set(asked.map((each) => each.right))];
    };
    await open();
    await life.upTo(step);
    await life.begin(step);
    await expect.poll(refused, { timeout: 60_000 }).toEqual([right]);
    await sleep(500 + 2 * (took.get(step) ?? 0));
    expect(await life.isReached(step)).toBe(false);
    expect(await refused()).toEqual([right]);

    await role.grant(role.rights);
    await life.restart();
    await life.reach(step);
  });
});
