import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type ControlPlane,
  findControlPlane,
  type PodSimulation,
  simulatePods,
  startControlPlane,
} from './index.js';
import { gpuJob, queueOf, simulated } from './testing/gpu-jobs.js';

const required = (process.env['MODA_REQUIRE'] ?? '').split(',').includes('kubernetes');
const absent = !required && findControlPlane() === undefined;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe.skipIf(absent)('the control plane for tests [needs kubernetes]', () => {
  let cluster: ControlPlane;
  beforeAll(async () => {
    cluster = await startControlPlane({ nodes: 2, gpusPerNode: 4 });
    await cluster.kubectl(['apply', '-f', '-'], queueOf(2));
    await cluster.kubectl(['wait', 'clusterqueue/gpus', '--for=condition=Active', '--timeout=60s']);
  });
  afterAll(() => cluster?.stop());
  afterEach(async () => {
    await cluster.kubectl(['delete', 'jobs', '--all', '--cascade=foreground']);
  });

  const create = (manifest: string) => cluster.kubectl(['create', '-f', '-'], manifest);
  const waitFor = (what: string, condition: string, timeoutS = 120) =>
    cluster.kubectl(['wait', what, `--for=${condition}`, `--timeout=${timeoutS}s`]);
  const names = async (suspended: boolean) => {
    const path = `jsonpath={.items[?(@.spec.suspend==${suspended})].metadata.name}`;
    return (await cluster.kubectl(['get', 'jobs', '-o', path])).stdout.split(' ').filter(Boolean);
  };

  it('runs a Job with a GPU on a simulated node', async () => {
    await create(gpuJob('one', { annotations: simulated(1) }));
    await waitFor('job/one', 'condition=Complete');
    const { stdout } = await cluster.kubectl([
      'get',
      'pods',
      '-o',
      'jsonpath={.items[*].spec.nodeName} {.items[*].status.phase}',
    ]);
    expect(stdout).toMatch(/^gpu-[01] Succeeded$/);
  });

  it('leaves a Job waiting that wants more GPUs than a node has', async () => {
    await create(gpuJob('greedy', { gpus: 5, annotations: simulated() }));
    const message = async () => {
      const path = 'jsonpath={.items[*].status.conditions[?(@.type=="PodScheduled")].message}';
      return (await cluster.kubectl(['get', 'pods', '-o', path])).stdout;
    };
    await expect.poll(message, { timeout: 60_000 }).toContain('Insufficient nvidia.com/gpu');
  });

  it('admits two of four Jobs by a quota of two GPUs, and a third when one of them is deleted', async () => {
    for (const name of ['a', 'b', 'c', 'd'])
      await create(gpuJob(name, { queue: 'team', annotations: simulated(600) }));
    await expect.poll(() => names(false), { timeout: 60_000 }).toHaveLength(2);
    await sleep(1_000);
    const [running, waiting] = [await names(false), await names(true)];
    expect([running.length, waiting.length]).toEqual([2, 2]);
    const { stdout } = await cluster.kubectl(['get', 'workloads', '-o', 'json']);
    expect(stdout).toContain('insufficient unused quota for nvidia.com/gpu');

    await cluster.kubectl(['delete', 'job', running[0]!, '--cascade=foreground']);
    await expect.poll(() => names(false), { timeout: 60_000 }).toHaveLength(2);
    expect(await names(false)).toContain(running[1]);
    expect(await names(true)).toHaveLength(1);
  });

  it('keeps what it knows while the API server is away', async () => {
    await create(gpuJob('patient', { annotations: simulated(1) }));
    await cluster.stopApiServer();
    await expect(cluster.kubectl(['get', 'jobs'])).rejects.toThrow('refused');
    await cluster.startApiServer();
    await waitFor('job/patient', 'condition=Complete');
  });

  it('lets a service account do what it may, and writes down what it asked for', async () => {
    await cluster.kubectl(['create', 'serviceaccount', 'reader']);
    await cluster.kubectl(['create', 'role', 'reading', '--verb=get,list', '--resource=pods']);
    await cluster.kubectl([
      'create',
      'rolebinding',
      'reading',
      '--role=reading',
      '--serviceaccount=default:reader',
    ]);
    const kubeconfig = await cluster.kubeconfigOf({ namespace: 'default', name: 'reader' });
    await cluster.kubectl(['get', 'pods', '--kubeconfig', kubeconfig]);
    await expect(cluster.kubectl(['delete', 'pod', 'any', '--kubeconfig', kubeconfig])).rejects.toThrow(
      'Forbidden',
    );
    const user = 'system:serviceaccount:default:reader';
    await expect
      .poll(() => cluster.requests())
      .toEqual(
        expect.arrayContaining([
          { user, verb: 'list', resource: 'pods', namespace: 'default', allowed: true },
          { user, verb: 'delete', resource: 'pods', namespace: 'default', allowed: false },
        ]),
      );
  });

  describe('with pods as processes of this machine', () => {
    let pods: PodSimulation;
    beforeAll(() => {
      pods = simulatePods(cluster, {
        environmentOf: () => ({ NODE_PROGRAM: process.execPath }),
        imageOf: (image) => (image.startsWith('missing') ? 'missing' : 'present'),
      });
      return () => pods.stop();
    });

    const status = async (name: string, path: string) =>
      (await cluster.kubectl(['get', 'pods', '-l', `job-name=${name}`, '-o', `jsonpath={.items[0].${path}}`]))
        .stdout;
    const podOf = (job: string) => pods.pods().find(({ labels }) => labels['job-name'] === job);
    const running = async (job: string) => {
      await expect.poll(() => podOf(job)?.pid, { timeout: 60_000 }).toBeGreaterThan(0);
      return podOf(job)!;
    };

    it('runs the command with the environment and the files of the pod, and reports its exit code', async () => {
      await cluster.kubectl(['create', 'secret', 'generic', 'token', '--from-literal=token=s3cret']);
      const script = 'printf "%s " "$POD" "$TOKEN" "$(cat "$TOKEN_FILE")" "$DATA"; [ -d "$DATA" ] && exit 3';
      await create(
        gpuJob('real', {
          command: ['/bin/sh', '-c', script],
          container: {
            env: [
              { name: 'POD', valueFrom: { fieldRef: { fieldPath: "metadata.labels['job-name']" } } },
              { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'token', key: 'token' } } },
              { name: 'TOKEN_FILE', value: '/run/moda/token' },
              { name: 'DATA', value: '/data/$(POD)' },
            ],
            volumeMounts: [
              { name: 'token', mountPath: '/run/moda' },
              { name: 'data', mountPath: '/data/real' },
            ],
          },
          pod: {
            volumes: [
              { name: 'token', secret: { secretName: 'token' } },
              { name: 'data', emptyDir: {} },
            ],
          },
        }),
      );
      await waitFor('job/real', 'condition=Failed');
      expect(await status('real', 'status.containerStatuses[0].state.terminated.exitCode')).toBe('3');
      expect(await pods.logOf(podOf('real')!.name)).toMatch(/^real s3cret s3cret \/.*\/volumes\/data $/);
    });

    it('asks a deleted pod to end, and waits until it has', async () => {
      const script = 'trap "echo asked; exit 130" TERM; echo ready; while :; do sleep 0.05; done';
      await create(gpuJob('asked', { command: ['/bin/sh', '-c', script] }));
      const { name } = await running('asked');
      await expect.poll(() => pods.logOf(name)).toContain('ready');
      const log = pods.logOf(name).then(() => name);
      await cluster.kubectl(['delete', 'pod', await log, '--wait=false']);
      await expect
        .poll(() => pods.pods().find((pod) => pod.name === name)?.end, { timeout: 60_000 })
        .toEqual({ code: 130, signal: null });
      await waitFor(`pod/${name}`, 'delete');
    });

    it('kills what does not end within its grace period, and all that it started', async () => {
      const script = 'trap "" TERM; sleep 600 & echo "child $!"; while :; do sleep 0.05; done';
      await create(
        gpuJob('deaf', { command: ['/bin/sh', '-c', script], pod: { terminationGracePeriodSeconds: 1 } }),
      );
      const { name } = await running('deaf');
      await expect.poll(() => pods.logOf(name)).toContain('child');
      const child = Number(/child (\d+)/.exec(await pods.logOf(name))?.[1]);
      await cluster.kubectl(['delete', 'job', 'deaf', '--cascade=foreground']);
      await expect.poll(() => podOf('deaf'), { timeout: 60_000 }).toBeUndefined();
      // Whoever adopts orphans may take its time to bury them.
      await expect.poll(() => isAlive(child), { timeout: 60_000 }).toBe(false);
    });

    it('tells a pod out of memory, an evicted one and a missing image apart', async () => {
      const command = ['/bin/sleep', '600'];
      await create(gpuJob('memory', { command }));
      await create(gpuJob('evicted', { command }));
      await create(gpuJob('imageless', { command, container: { image: 'missing.invalid/train' } }));
      pods.killForMemory((await running('memory')).name);
      pods.evict((await running('evicted')).name);
      await waitFor('job/memory', 'condition=Failed');
      expect(await status('memory', 'status.containerStatuses[0].state.terminated.reason')).toBe('OOMKilled');
      await waitFor('job/evicted', 'condition=Failed');
      expect(await status('evicted', 'status.reason')).toBe('Evicted');
      await expect
        .poll(() => status('imageless', 'status.containerStatuses[0].state.waiting.reason'), {
          timeout: 60_000,
        })
        .toBe('ImagePullBackOff');
    });

    it('lets processes go on while the API server is away, and reports their end later', async () => {
      await create(gpuJob('steady', { command: ['/bin/sleep', '2'] }));
      await running('steady');
      await cluster.stopApiServer();
      await expect.poll(() => podOf('steady')?.end, { timeout: 60_000 }).toEqual({ code: 0, signal: null });
      await cluster.startApiServer();
      await waitFor('job/steady', 'condition=Complete');
    });

    it('loses a node with its pods, which start again elsewhere where their Job allows for it', async () => {
      const onPodConditions = [{ type: 'DisruptionTarget', status: 'True' }];
      await create(
        gpuJob('lost', {
          command: ['/bin/sleep', '600'],
          job: { podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions }] } },
        }),
      );
      const { pid, name } = await running('lost');
      const node = (await cluster.kubectl(['get', 'pod', name, '-o', 'jsonpath={.spec.nodeName}'])).stdout;
      await pods.loseNode(node);
      expect(() => process.kill(pid!, 0)).toThrow('ESRCH');
      // The garbage collector of pods looks twice, some 40 s apart, for a node may be away for a moment only.
      const others = () =>
        pods.pods().filter((pod) => pod.labels['job-name'] === 'lost' && pod.name !== name);
      await expect.poll(() => others()[0]?.pid, { timeout: 180_000 }).toBeGreaterThan(0);
    });
  });
});

describe.skipIf(absent)('the control plane of a process that is killed [needs kubernetes]', () => {
  it('ends with it', async () => {
    const script = `
      import { startControlPlane } from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)};
      const { folder } = await startControlPlane();
      console.log(folder);
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [chunk] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const folder = chunk.trim();
    expect(existsSync(join(folder, 'logs', 'kueue.log'))).toBe(true);
    child.kill('SIGKILL');
    // The folder is removed once all processes have ended.
    await expect.poll(() => existsSync(folder), { timeout: 30_000 }).toBe(false);
  });
});
