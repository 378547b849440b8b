import { type ControlPlane, startControlPlane } from '@moda/kubernetes';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ClusterPlace } from './testing/cluster-place.js';
import { hasControlPlane } from './testing/has-control-plane.js';

const metric = (step: number) => ({ kind: 'metric', step, values: { loss: 1 / step } });

describe.skipIf(!hasControlPlane())('runs as Jobs of a cluster [needs kubernetes]', () => {
  let plane: ControlPlane;
  let place: ClusterPlace;
  let places = 0;
  beforeAll(async () => {
    plane = await startControlPlane({ nodes: 2, gpusPerNode: 4 });
  });
  afterAll(() => plane.stop());
  beforeEach(async () => {
    place = await ClusterPlace.open(plane, `place-${(places += 1)}`, 2);
  });
  afterEach(async () => {
    await place.close();
    await plane.kubectl(['delete', 'namespace', place.namespace, '--wait=false']);
  });

  it('two of four have a place with a quota of two, the others say why they wait, and a cancellation makes room', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 4; i += 1) ids.push(await place.submit());
    const { placed, waiting } = await place.places(ids, 2);
    const [first] = placed as [string, string];
    const [third, fourth] = waiting as [string, string];
    for (const id of waiting) {
      const { reason } = await place.until(id, (run) => run.reason.includes('quota'));
      expect(reason).toContain(
        'the quota of nvidia.com/gpu in the queue moda is in use, and 1 more is needed',
      );
      expect(reason).toContain(`Its Job is moda-run-${id}.`);
    }
    expect(await place.list('jobs')).toHaveLength(4);

    const { token } = await place.begin(first);
    expect(await place.conductor.cancel(first, 'Enough.')).toMatchObject({ kind: 'requested' });
    expect(await place.conductor.ears.hear(first, token, { kind: 'beat' })).not.toBe('heard');
    expect((await place.state(first, 'cancelled')).reason).toContain('its pod is gone');
    expect(await place.pods(first)).toEqual([]);
    expect(await place.job(first)).toBeUndefined();
    const next = await place.places([third, fourth], 1);
    const left = next.waiting[0]!;
    expect(await place.conductor.cancel(left, 'Not that one.')).toMatchObject({ kind: 'cancelled' });
    await expect.poll(() => place.job(left), { timeout: 30_000 }).toBeUndefined();
  });

  it('what a pod says is stored once, and its last word ends the run', async () => {
    const id = await place.submit();
    const { offset, token } = await place.begin(id);
    expect(await place.state(id, 'running')).toMatchObject({ attempt: 1, device: 'a GPU' });
    const said = await place.say(id, token, offset, metric(1), metric(2));
    expect(await place.say(id, token, offset, metric(1), metric(2))).toEqual({ ...said, kind: 'elsewhere' });
    const end = { kind: 'end', outcome: 'succeeded', accuracy: 0.5 };
    const place2 = said.kind === 'stored' ? said.offset : 0;
    const last = await place.say(id, token, place2, metric(3), end);
    expect(last.kind).toBe('stored');
    expect(await place.store.run(id)).toMatchObject({ state: 'succeeded', outcome: { accuracy: 0.5 } });
    // The answer was lost on the way.
    expect(await place.say(id, token, place2, metric(3), end)).toEqual(last);
    expect(await place.say(id, token, place2, metric(4))).toEqual({ kind: 'lost' });
    expect(await place.path(id)).toEqual(['queued', 'admitted', 'starting', 'running', 'succeeded']);
    const [secret] = await place.list<{ metadata: object; data: object }>('secrets');
    expect(secret).toMatchObject({
      metadata: { ownerReferences: [{ kind: 'Job', name: `moda-run-${id}` }] },
      data: { token: Buffer.from(`token of ${id}`).toString('base64') },
    });
  });

  it('a higher priority takes a place, and whoever had it waits for another one', async () => {
    const ids = [await place.submit(), await place.submit()];
    for (const id of ids) await place.begin(id);
    const urgent = await place.submit({ priority: 5 });
    await place.state(urgent, 'starting');
    const runs = await Promise.all(ids.map((id) => place.store.run(id)));
    const loser = runs.find((run) => run?.state !== 'running')?.id ?? '';
    await place.until(loser, ({ state, reason }) => state === 'queued' && reason.includes('quota'));
    const story = await place.store.transitions(loser);
    expect(story.find(({ to }) => to === 'preempted')?.reason).toBe(
      `Its place was given to run ${urgent}, of higher priority.`,
    );
    await place.conductor.cancel(urgent, 'Done.');
    const { attempt } = await place.state(loser, 'starting');
    expect(attempt).toBe(2);
  });

  it('a pod that is deleted or evicted is followed by the next one, from where the journal stands', async () => {
    const id = await place.submit();
    const first = await place.begin(id);
    const said = await place.say(id, first.token, first.offset, metric(1));
    await plane.kubectl(['-n', place.namespace, 'delete', 'pod', first.name]);
    await place.until(id, ({ attempt, state }) => attempt === 2 && state === 'starting');
    const second = await place.begin(id);
    expect(second.offset).toBe(said.kind === 'stored' && said.offset);
    expect(second.token).not.toBe(first.token);
    expect(await place.conductor.ears.hear(id, first.token, { kind: 'beat' })).toBe('lost');
    expect(await place.say(id, first.token, second.offset, metric(2))).toEqual({ kind: 'lost' });
    expect(await place.path(id)).toContain('interrupted');
  });

  it('a Job that somebody deletes with kubectl is a cancelled run', async () => {
    const ids = [await place.submit(), await place.submit(), await place.submit()];
    const waiting = (await place.places(ids, 2)).waiting[0]!;
    await place.until(waiting, ({ reason }) => reason.includes('quota'));
    await plane.kubectl(['-n', place.namespace, 'delete', 'job', `moda-run-${waiting}`]);
    expect((await place.state(waiting, 'cancelled')).reason).toContain('Somebody has deleted its Job');

    const running = await place.submit({ priority: 9 });
    await place.begin(running);
    await plane.kubectl(['-n', place.namespace, 'delete', 'job', `moda-run-${running}`, '--wait=false']);
    await place.state(running, 'cancelled');
    expect(await place.pods(running)).toEqual([]);
  });

  it('a pod that keeps silent has no running run, and gets it back when it is heard again', async () => {
    await place.conductor.stop();
    place.conduct({ patience: { silentMs: 1_500 } });
    const id = await place.submit();
    const { token } = await place.begin(id);
    expect((await place.state(id, 'interrupted')).reason).toContain('No sign of life from pod');
    expect(await place.conductor.ears.hear(id, token, { kind: 'beat' })).toBe('heard');
    expect(await place.store.run(id)).toMatchObject({ state: 'running' });
    expect(await place.pods(id)).toHaveLength(1);
  });

  it('an API server that is away disturbs nobody, and states catch up', async () => {
    const id = await place.submit();
    const { offset, token } = await place.begin(id);
    await plane.stopApiServer();
    const late = await place.submit();
    expect((await place.say(id, token, offset, metric(1))).kind).toBe('stored');
    expect(await place.conductor.ears.hear(id, token, { kind: 'beat' })).toBe('heard');
    await expect(place.conductor.ears.begin(late, { name: 'x', uid: 'x' })).rejects.toMatchObject({
      code: 'CLUSTER_UNREACHABLE',
    });
    await plane.startApiServer();
    await place.state(late, 'starting');
    expect(await place.store.run(id)).toMatchObject({ state: 'running', attempt: 1 });
  });

  it('a service that comes back finds its runs where they are', async () => {
    const ids = [await place.submit(), await place.submit(), await place.submit()];
    const { placed, waiting } = await place.places(ids, 2);
    const [running, starting] = placed as [string, string];
    const { token } = await place.begin(running);
    await place.conductor.stop();
    await plane.kubectl(['-n', place.namespace, 'delete', 'job', `moda-run-${starting}`]);
    place.conduct();
    expect(await place.conductor.ears.hear(running, token, { kind: 'beat' })).toBe('heard');
    await place.state(starting, 'cancelled');
    await place.state(waiting[0]!, 'starting');
    expect(await place.store.run(running)).toMatchObject({ state: 'running', attempt: 1 });
    expect(await place.list('jobs')).toHaveLength(2);
  });
});
