import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ControlPlane, findControlPlane, startControlPlane } from './index.js';
import { gapsOf } from './overlays/gaps-of.js';
import { type Manifest, podTemplates, renderOverlay } from './overlays/manifests.js';
import { rightsOf } from './overlays/rights-of.js';
import { roleRights } from './overlays/role-rights.js';

const required = (process.env['MODA_REQUIRE'] ?? '').split(',').includes('kubernetes');
const absent = !required && findControlPlane() === undefined;
const trainingAccount = 'system:serviceaccount:moda:moda-training';

describe.skipIf(absent).each(['dev', 'gpu', 'prod'])('the overlay %s [needs kubernetes]', (name) => {
  let cluster: ControlPlane;
  let yaml: string;
  let objects: readonly Manifest[];
  beforeAll(async () => {
    cluster = await startControlPlane({ nodes: 0 });
    const rendered = await renderOverlay(cluster.kubectl, name);
    expect(rendered.warnings).toBe('');
    ({ yaml, objects } = rendered);
    // A dry run needs it for all that lies in it.
    await cluster.kubectl(
      ['apply', '--server-side', '-f', '-'],
      JSON.stringify(objects.find(({ kind }) => kind === 'Namespace')),
    );
  });
  afterAll(() => cluster?.stop());

  const apply = (...more: string[]) =>
    cluster.kubectl(['apply', '--server-side', '--validate=strict', ...more, '-f', '-'], yaml);
  const names = async (what: string, path: string) => {
    const { stdout } = await cluster.kubectl(['-n', 'moda', 'get', what, '-o', `jsonpath=${path}`]);
    return stdout.split(' ').filter(Boolean);
  };

  it('has no field that the API server does not know, and nothing that it warns of', async () => {
    expect((await apply('--dry-run=server')).stderr).toBe('');
  });

  it('is put on the cluster, a second time without a change', async () => {
    expect((await apply()).stderr).toBe('');
    const versions = () =>
      names(
        'all,configmaps,secrets,networkpolicies,pdb,ingress',
        '{range .items[*]}{.kind}/{.metadata.name}:{.metadata.generation} {end}',
      );
    const before = await versions();
    expect((await apply()).stderr).toBe('');
    expect(await versions()).toEqual(before);
  });

  it('makes pods that the restricted standard lets in', async () => {
    const expected = podTemplates(objects).map((workload) => workload.name);
    const made = async () => {
      const pods = await names('pods', '{.items[*].metadata.labels.app\\.kubernetes\\.io/name}');
      return [...new Set(pods)].sort();
    };
    await expect.poll(made, { timeout: 60_000 }).toEqual([...expected].sort());
    expect(await names('events', '{.items[?(@.reason=="FailedCreate")].message}')).toEqual([]);
  });

  it('has queues that Kueue accepts', async () => {
    await cluster.kubectl(['wait', 'clusterqueue/moda', '--for=condition=Active', '--timeout=60s']);
    await cluster.kubectl([
      '-n',
      'moda',
      'wait',
      'localqueue/moda',
      '--for=condition=Active',
      '--timeout=60s',
    ]);
  });

  it('lets the training service do what its Role says, and nothing else', async () => {
    expect(await rightsOf(cluster.kubectl, 'moda', trainingAccount)).toEqual(await roleRights());
    expect(await rightsOf(cluster.kubectl, 'default', trainingAccount)).toEqual([]);
  });

  it('lets nobody else do anything', async () => {
    for (const account of await names('serviceaccounts', '{.items[*].metadata.name}'))
      if (account !== 'moda-training')
        expect([
          account,
          await rightsOf(cluster.kubectl, 'moda', `system:serviceaccount:moda:${account}`),
        ]).toEqual([account, []]);
  });

  it('says of every container what it takes, how it is and which image of which version it has', () => {
    const gaps = podTemplates(objects).flatMap(({ name: workload, pod }) =>
      gapsOf(pod).map((gap) => `${workload}: ${gap}`),
    );
    expect(gaps).toEqual([]);
    const speaking = podTemplates(objects).filter(({ pod }) => pod.automountServiceAccountToken !== false);
    expect(speaking.map((workload) => workload.name)).toEqual(['moda-training']);
  });

  it('takes secrets by reference', () => {
    const told = podTemplates(objects).flatMap(({ pod }) => pod.containers.flatMap(({ env = [] }) => env));
    const plain = told.filter(({ value }) => value !== undefined).map((variable) => variable.name);
    expect(plain.filter((variable) => /DATABASE_URL|PASSWORD|SECRET|_KEY$|ROOT_USER/.test(variable))).toEqual(
      [],
    );
    // Values for trials are in the overlay for trials alone.
    expect(objects.some(({ kind }) => kind === 'Secret')).toBe(name === 'dev');
  });

  it('would be refused with a field that does not exist, and with a pod that may do too much', async () => {
    const wrong = JSON.stringify({ ...(objects.find(({ kind }) => kind === 'Service') as object), spek: {} });
    await expect(
      cluster.kubectl(['apply', '--server-side', '--validate=strict', '-f', '-'], wrong),
    ).rejects.toThrow('spek');
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'mighty', namespace: 'moda' },
      spec: {
        containers: [{ name: 'mighty', image: 'moda.invalid/mighty:1' }],
      },
    };
    await expect(cluster.kubectl(['create', '-f', '-'], JSON.stringify(pod))).rejects.toThrow(
      'violates PodSecurity',
    );
  });

  it('is noticed where a right is missing and where there is one too many', async () => {
    const rights = await roleRights();
    const change = (path: string, verbs: readonly string[]) =>
      cluster.kubectl([
        ...['-n', 'moda', 'patch', 'role', 'moda-training', '--type=json', '-p'],
        JSON.stringify([{ op: 'replace', path, value: verbs }]),
      ]);
    await change('/rules/1/verbs', ['list']);
    await expect.poll(() => rightsOf(cluster.kubectl, 'moda', trainingAccount)).not.toContain('watch pods');
    await change('/rules/1/verbs', ['list', 'watch', 'delete']);
    await expect
      .poll(() => rightsOf(cluster.kubectl, 'moda', trainingAccount))
      .toEqual([...rights, 'delete pods'].sort());
  });
});

describe('the overlays on a cluster with kubelets and a network', () => {
  it.todo('become ready by their probes, and are refused what no network policy allows');
  it.todo('keep what they know when the only pod of a stateful set moves to another node');
});
