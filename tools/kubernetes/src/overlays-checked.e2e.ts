import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ControlPlane, findControlPlane, startControlPlane } from './index.js';
import { conformityOf } from './linters/conformity.js';
import { findLinters } from './linters/linters.mjs';
import { writeSchemas } from './linters/write-schemas.js';
import { manifestsFolder, renderOverlay } from './overlays/manifests.js';

const run = promisify(execFile);
const moda = join(manifestsFolder, '..', 'apps', 'cli', 'bin', 'moda.mjs');
const required = (process.env['MODA_REQUIRE'] ?? '').split(',').includes('kubernetes');
const linters = findLinters();
const absent = !required && (findControlPlane() === undefined || linters === undefined);
const overlays = ['dev', 'gpu', 'prod'] as const;
const examples = ['training-job.yaml', 'publish-job.yaml'] as const;

/** What a person gets who wants to hand a training to the cluster, with the settings of the overlay gpu. */
async function trainingAsYaml(...options: readonly string[]): Promise<string> {
  const env = {
    PATH: process.env['PATH'],
    TRAINING_POD_CPU: '4',
    TRAINING_POD_MEMORY: '16Gi',
    TRAINING_NODE_SELECTOR: 'nvidia.com/gpu.present=true',
  };
  return (await run(process.execPath, [moda, 'runs', 'yaml', ...options], { env })).stdout;
}

const exampleText = (name: string) => readFile(join(manifestsFolder, 'examples', name), 'utf8');

describe.skipIf(absent)('the manifests [needs kubernetes]', () => {
  let cluster: ControlPlane;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'moda-manifests-'));
    cluster = await startControlPlane({ nodes: 1, gpusPerNode: 2 });
    await writeSchemas(cluster.kubectl, join(folder, 'schemas'));
  });
  afterAll(async () => {
    await cluster?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const check = (manifest: string) =>
    conformityOf(linters?.kubeconform ?? 'kubeconform', join(folder, 'schemas'), manifest);

  describe('as kubeconform reads them, by what the API server says of its kinds', () => {
    it.each(overlays)('of the overlay %s have nothing that there is not', async (name) => {
      const { yaml, objects } = await renderOverlay(cluster.kubectl, name);
      expect(await check(yaml)).toEqual({ checked: objects.length, findings: [] });
    });

    it('of a component that is in no overlay have nothing that there is not', async () => {
      const text = await readFile(
        join(manifestsFolder, 'components', 'data-from-s3', 'network.yaml'),
        'utf8',
      );
      expect(await check(text)).toEqual({ checked: 1, findings: [] });
    });

    it.each(examples)('of the example %s have nothing that there is not', async (name) => {
      const text = await exampleText(name);
      expect(await check(text)).toEqual({ checked: parseAllDocuments(text).length, findings: [] });
    });

    it('would be found out', async () => {
      const text = await exampleText('publish-job.yaml');
      for (const [before, after, finding] of [
        ['backoffLimit:', 'backofLimit:', 'backofLimit'],
        ['backoffLimit: 4', 'backoffLimit: four', 'backoffLimit'],
        ['kind: Job', 'kind: Jobb', 'schema'],
        ['  backoffLimit: 4', '  backoffLimit: 4\n  backoffLimit: 5', 'already set'],
      ] as const)
        expect((await check(text.replace(before, after))).findings.join()).toContain(finding);
    });
  });

  describe('of the examples', () => {
    beforeAll(async () => {
      const { yaml } = await renderOverlay(cluster.kubectl, 'gpu');
      await cluster.kubectl(['apply', '--server-side', '-f', '-'], yaml);
      await cluster.kubectl(['wait', 'clusterqueue/moda', '--for=condition=Active', '--timeout=60s']);
    });

    it.each(examples)(
      '%s is put on the cluster, beside the whole system, without a warning',
      async (name) => {
        const apply = (...more: string[]) =>
          cluster.kubectl([
            ...['-n', 'moda', 'apply', '--server-side', '--validate=strict', ...more],
            ...['-f', join(manifestsFolder, 'examples', name)],
          ]);
        expect((await apply('--dry-run=server')).stderr).toBe('');
        expect((await apply()).stderr).toBe('');
      },
    );

    it('that `moda runs yaml` prints is put on it, too, and kubeconform finds nothing', async () => {
      const yaml = await trainingAsYaml('--arch', 'lenet5', '--name', 'by-hand', '--priority', '1');
      const apply = (...more: string[]) =>
        cluster.kubectl(
          ['-n', 'moda', 'apply', '--server-side', '--validate=strict', ...more, '-f', '-'],
          yaml,
        );
      expect((await apply('--dry-run=server')).stderr).toBe('');
      expect((await apply()).stderr).toBe('');
      expect(await check(yaml)).toEqual({ checked: 2, findings: [] });
    });

    it.each(['moda-train-digits', 'moda-publish-digits', 'by-hand'])(
      'make the pod of %s, which the restricted standard lets in and Kueue has a place for',
      async (job) => {
        const read = async (what: string, path: string) =>
          (await cluster.kubectl(['-n', 'moda', 'get', ...what.split(' '), '-o', `jsonpath=${path}`])).stdout;
        await expect
          .poll(() => read(`pods -l batch.kubernetes.io/job-name=${job}`, '{.items[*].spec.restartPolicy}'), {
            timeout: 60_000,
          })
          .toBe('Never');
        expect(await read('events', '{.items[?(@.reason=="FailedCreate")].message}')).toBe('');
      },
    );

    it('have a pod that publishes and that the policies let reach the registry, and nothing else', async () => {
      const job = await exampleText('publish-job.yaml');
      expect(job).toContain('app.kubernetes.io/name: moda-publish');
      const policy = async (name: string, path: string) => {
        const { stdout } = await cluster.kubectl([
          ...['-n', 'moda', 'get', 'networkpolicy', name, '-o', `jsonpath=${path}`],
        ]);
        return stdout;
      };
      const peers = '[*].podSelector.matchLabels.app\\.kubernetes\\.io/name}';
      expect(await policy('moda-registry', `{.spec.ingress[*].from${peers}`)).toContain('moda-publish');
      expect(await policy('moda-publish', `{.spec.egress[*].to${peers}`)).toBe('moda-registry');
      expect(await policy('moda-publish', '{.spec.egress[*].ports[*].port}')).toBe('53 53 4002');
      expect(await policy('moda-publish', '{.spec.ingress}')).toBe('');
    });
  });
});
