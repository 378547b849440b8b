import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubectlOf } from './control-plane/kubectl.js';
import { findControlPlane } from './index.js';
import { openHosts, variableOf, wayIn } from './overlays/addresses.js';
import { manifestsFolder, podTemplates, renderFolder, renderOverlay } from './overlays/manifests.js';

const required = (process.env['MODA_REQUIRE'] ?? '').split(',').includes('kubernetes');
const program = findControlPlane();
const absent = !required && program === undefined;
/** It reads folders here, and needs no cluster. */
const kubectl = kubectlOf(program?.programs ?? '', tmpdir(), '');
const overlays = ['dev', 'gpu', 'prod'] as const;

describe.skipIf(absent)('an overlay of your own, on top of one of these [needs kubernetes]', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'moda-own-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const onTopOf = async (
    overlay: string,
    more: { components?: readonly string[]; images?: readonly object[] },
  ) => {
    const own = join(folder, `own-${overlay}`);
    await mkdir(own, { recursive: true });
    const resources = [relative(own, join(manifestsFolder, 'overlays', overlay))];
    const components = more.components?.map((name) =>
      relative(own, join(manifestsFolder, 'components', name)),
    );
    await writeFile(join(own, 'kustomization.yaml'), JSON.stringify({ resources, ...more, components }));
    return (await renderFolder(kubectl, own)).objects;
  };
  /** What a person writes who has the images elsewhere. */
  const withImages = (overlay: string, images: readonly object[]) => onTopOf(overlay, { images });
  const podImage = (objects: Awaited<ReturnType<typeof withImages>>) =>
    variableOf(objects, 'moda-training', 'TRAINING_POD_IMAGE');

  it.each(overlays)('names the images of %s once: training pods follow', async (overlay) => {
    const image = overlay === 'dev' ? 'services' : 'gpu';
    const plain = (await renderOverlay(kubectl, overlay)).objects;
    expect(podImage(plain)).toBe(`moda/${image}:0.1.0`);

    const objects = await withImages(
      overlay,
      ['services', 'gpu', 'web'].map((name) => ({
        name: `moda/${name}`,
        newName: `images.example.org/${name}`,
        newTag: '7.0.0',
      })),
    );
    expect(podImage(objects)).toBe(`images.example.org/${image}:7.0.0`);
    const ours = podTemplates(objects)
      .filter(({ name }) => !['moda-postgres', 'moda-minio'].includes(name))
      .map(({ pod }) => pod.containers[0]?.image);
    expect([...new Set(ours)].sort()).toEqual([
      'images.example.org/services:7.0.0',
      'images.example.org/web:7.0.0',
    ]);
  });

  it('pins a training pod by the digest of its image, too', async () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const objects = await withImages('gpu', [{ name: 'moda/gpu', digest }]);
    expect(podImage(objects)).toBe(`moda/gpu@${digest}`);
    expect(variableOf(objects, 'moda-training', 'MODA_REGISTRY')).toBe('http://moda-registry:4002');
  });

  it.each(overlays)('lets the training pods of %s bring data sets from a bucket', async (overlay) => {
    const plain = (await renderOverlay(kubectl, overlay)).objects;
    expect(variableOf(plain, 'moda-training', 'TRAINING_DATA_SECRET')).toBeUndefined();
    const objects = await onTopOf(overlay, { components: ['data-from-s3'] });
    expect(variableOf(objects, 'moda-training', 'TRAINING_DATA_SECRET')).toBe('moda-datasets');
    expect(objects.filter(({ metadata: { name } }) => name === 'moda-datasets')).toMatchObject([
      {
        kind: 'NetworkPolicy',
        metadata: { namespace: 'moda' },
        spec: { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'moda-training-pod' } } },
      },
    ]);
    // Nothing else is another one.
    const others = (all: typeof objects) =>
      all
        .map(({ kind, metadata: { name } }) => `${kind} ${name}`)
        .filter((name) => !name.endsWith(' moda-datasets'));
    expect(others(objects)).toEqual(others(plain));
  });
});

/** Which paths of a service are in addresses that it gives to people, and what else they ask it for. */
const pathsForPeople = {
  training: ['/runs'],
  registry: ['/blobs', '/derived', '/graphql', '/uploads'],
} as const;

describe.skipIf(absent)('the addresses that the overlay prod gives to people [needs kubernetes]', () => {
  it.each(['training', 'registry'] as const)('lead to %s, by a name of its own', async (service) => {
    const { objects } = await renderOverlay(kubectl, 'prod');
    const address = variableOf(objects, `moda-${service}`, `${service.toUpperCase()}_PUBLIC_URL`) ?? '';
    const { protocol, host, pathname } = new URL(address);
    expect([protocol, pathname]).toEqual(['https:', '/']);
    const ways = [...wayIn(objects)].filter(([, to]) => to === `moda-${service}`);
    // Nothing that is meant for pods or for other services is among it.
    expect(ways.map(([way]) => way).sort()).toEqual(pathsForPeople[service].map((path) => `${host}${path}`));
  });

  it('are all behind a certificate, and the pages at the root of theirs', async () => {
    const { objects } = await renderOverlay(kubectl, 'prod');
    expect(openHosts(objects)).toEqual([]);
    expect(wayIn(objects).get('moda.example.org/')).toBe('moda-experiments-web');
    expect([...wayIn(objects)].filter(([, to]) => to === 'moda-gateway')).toEqual([
      ['api.moda.example.org/graphql', 'moda-gateway'],
    ]);
    // Pages pass questions on, from within.
    for (const app of ['experiments-web', 'marketplace-web'])
      expect(variableOf(objects, `moda-${app}`, 'MODA_GATEWAY')).toBe('http://moda-gateway:4000');
  });

  it('have their names from ingress.yaml alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'moda-names-'));
    try {
      await cp(manifestsFolder, folder, { recursive: true });
      const file = join(folder, 'overlays', 'prod', 'ingress.yaml');
      await writeFile(
        file,
        (await readFile(file, 'utf8')).replaceAll('moda.example.org', 'nets.example.net'),
      );
      const { yaml, objects } = await renderFolder(kubectl, join(folder, 'overlays', 'prod'));
      expect(yaml).not.toContain('moda.example.org');
      expect(variableOf(objects, 'moda-registry', 'REGISTRY_PUBLIC_URL')).toBe(
        'https://registry.nets.example.net',
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('are let in by the policy of those that are asked, from the controller of Ingresses', async () => {
    const { objects } = await renderOverlay(kubectl, 'prod');
    const policy = objects.find(
      ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'moda-ingress',
    );
    expect(policy?.spec).toMatchObject({
      podSelector: { matchExpressions: [{ values: ['moda-gateway', 'moda-training', 'moda-registry'] }] },
      ingress: [
        { from: [{ namespaceSelector: {} }], ports: [{ port: 4000 }, { port: 4001 }, { port: 4002 }] },
      ],
    });
  });
});
