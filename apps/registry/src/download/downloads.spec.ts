import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf, openMemoryBlobStore } from '@moda/blob-store';
import { packageDigest, parsePackage } from '@moda/module-format';
import type { Catalogue, VersionRecord } from '../catalogue/catalogue.js';
import { openCatalogue } from '../catalogue/open-catalogue.js';
import { isProblem } from '../problem/problem.js';
import { sampleModel } from '../publish/testing/sample-model.js';
import { bytesOf, openWorkbench, publish, type Workbench } from '../publish/testing/workbench.js';
import type { Download } from './downloads.js';

const model = sampleModel({ classes: ['ant', 'bee', 'cat', '7', 'Cow'] });
let catalogue: Catalogue;
let bench: Workbench;
let version: VersionRecord;
beforeAll(async () => {
  catalogue = await openCatalogue({ now: () => new Date('2026-03-01T12:00:00Z') });
  bench = await openWorkbench({ catalogue });
  version = await publish(bench, model, { owner: 'ada', model: 'zoo', version: '1.0.0' });
}, 180_000);
afterAll(() => catalogue.close());

async function download(target: Parameters<Workbench['downloads']['download']>[0]): Promise<Download> {
  const outcome = await bench.downloads.download(target);
  if (isProblem(outcome)) throw new Error(outcome.message);
  return outcome;
}

describe('a reference', () => {
  it.each([
    ['ada/zoo', undefined],
    ['ada/zoo@1.0.0', undefined],
    ['ada/zoo@latest', undefined],
    ['ada/zoo/bee', [1]],
    ['ada/zoo/cat,ant,2@1.0.0', [0, 2]],
    ['ada/zoo/cow', [4]],
  ])('%s means classes %j', async (reference, classes) => {
    const outcome = await bench.downloads.resolve(reference);
    expect(outcome).toMatchObject({ kind: 'resolved', classes, tau: 0.9, version: { id: version.id } });
  });

  it('means a class of that name rather than of that number', async () => {
    expect(await bench.downloads.resolve('ada/zoo/7')).toMatchObject({ classes: [3] });
  });

  it.each([
    ['ada zoo', 'REFERENCE_INVALID', undefined],
    ['ada/zo', 'MODEL_UNKNOWN', 'ada/zoo'],
    ['adda/zoo', 'MODEL_UNKNOWN', 'ada/zoo'],
    ['ada/zoo@1.0.1', 'VERSION_UNKNOWN', 'ada/zoo@1.0.0'],
    ['ada/zoo@lates', 'VERSION_UNKNOWN', 'ada/zoo@latest'],
    ['ada/zoo/bea', 'CLASS_UNKNOWN', 'bee'],
    ['ada/zoo/9', 'CLASS_UNKNOWN', undefined],
  ])('%s is refused with %s, and %s is suggested', async (reference, code, nearest) => {
    const outcome = await bench.downloads.resolve(reference);
    expect(outcome).toMatchObject({ kind: 'problem', code });
    expect((outcome as { nearest?: string }).nearest).toBe(nearest);
  });

  it('takes the threshold of the version, or the one that is asked for', async () => {
    expect(await bench.downloads.resolve('ada/zoo/ant', 0.5)).toMatchObject({ tau: 0.5 });
    expect(await bench.downloads.resolve('ada/zoo/ant', 2)).toMatchObject({ code: 'USAGE' });
  });
});

describe('a download', () => {
  it('lists the files of a model with addresses that open for some hours', async () => {
    const found = await download({ reference: 'ada/zoo' });
    expect(found).toMatchObject({
      digest: model.digest,
      packageText: model.packageText,
      signature: version.signature,
      derivation: undefined,
      manifestText: Buffer.from(model.files.get('module.json')!).toString(),
    });
    expect(found.files.map(({ path }) => path)).toEqual([
      'module.json',
      'rates.safetensors',
      'weights.safetensors',
    ]);
    for (const { url, digest } of found.files) {
      const { pathname, searchParams } = new URL(url);
      expect(pathname).toBe(`/blobs/${digest}`);
      expect(bench.urls.check(pathname, Object.fromEntries(searchParams))).toEqual({ kind: 'ok' });
    }
  });

  it('can leave the weights out, or be of them alone', async () => {
    const without = await download({ reference: 'ada/zoo', include: 'noWeights' });
    expect(without.files.map(({ path }) => path)).toEqual(['module.json', 'rates.safetensors']);
    expect(without.ticket).toBe('');
    const alone = await download({ reference: 'ada/zoo', include: 'weights' });
    expect(alone.files.map(({ path }) => path)).toEqual(['weights.safetensors']);
  });

  it('of classes begins before they are cut, and has a digest once they are', async () => {
    const target = { reference: 'ada/zoo/ant,cat' };
    const before = await download(target);
    expect(before).toMatchObject({ digest: undefined, packageText: undefined, signature: undefined });
    expect(before.derivation).toMatchObject({ parent: model.digest, classes: [0, 2], tau: 0.9 });
    expect(before.files).toHaveLength(2);
    const [manifest, weights] = before.files;
    expect(manifest?.digest).toBe(digestOf(Buffer.from(before.manifestText)));
    expect(await bench.blobs.has(manifest!.digest!)).toBe(true);
    expect(weights).toMatchObject({ path: 'weights.safetensors', digest: undefined, supportsRanges: true });
    const [, id = ''] = /\/derived\/(sha256:[0-9a-f]{64})\/weights\.safetensors/.exec(weights!.url)!;
    const stream = await bench.composer.stream(id);
    if (isProblem(stream)) throw new Error(stream.message);
    expect((await bytesOf(stream.content)).length).toBe(weights!.sizeBytes);

    const after = await download(target);
    expect(after.digest).toBe(packageDigest(parsePackage(after.packageText!)));
    expect(after.manifestText).toBe(before.manifestText);
    expect(after.files.map(({ path }) => path)).toEqual(['module.json', 'weights.safetensors']);
    // By any of its digests.
    for (const digest of [after.digest, id])
      expect(await download({ digest })).toMatchObject({
        digest: after.digest,
        derivation: after.derivation,
      });
  });

  it('goes to the store itself where the store has addresses of its own', async () => {
    const blobs = Object.assign(openMemoryBlobStore(), {
      presignGet: async (digest: string, { expiresInSeconds }: { expiresInSeconds: number }) =>
        `https://store/${digest}?${expiresInSeconds}`,
    });
    const other = await openWorkbench({ catalogue, blobs });
    await publish(other, sampleModel({ seed: 2 }), { owner: 'ada', model: 'far', version: '1.0.0' });
    const found = await other.downloads.download({ reference: 'ada/far', include: 'weights' });
    if (isProblem(found)) throw new Error(found.message);
    expect(found.files[0]?.url).toBe(`https://store/${found.files[0]?.digest}?21600`);
  });

  it('of a withdrawn version is to be had by its digest only', async () => {
    const name = { owner: 'ada', model: 'bad', version: '1.0.0' };
    const bad = sampleModel({ seed: 3 });
    const released = await publish(bench, bad, name);
    await catalogue.setState(released.id, 'yanked', 'wrong labels', { by: 'ada', at: new Date() });
    expect(await bench.downloads.download({ reference: 'ada/bad@1.0.0' })).toMatchObject({
      code: 'VERSION_YANKED',
      message: `ada/bad@1.0.0 was withdrawn (wrong labels); take another version, or this one by its digest ${bad.digest}.`,
    });
    expect(await bench.downloads.download({ reference: 'ada/bad' })).toMatchObject({
      code: 'VERSION_UNKNOWN',
      message: 'ada/bad has no released version; all its versions were withdrawn.',
    });
    expect((await download({ digest: bad.digest })).digest).toBe(bad.digest);
  });

  it.each([
    [{}, 'USAGE'],
    [{ reference: 'ada/zoo', digest: model.digest }, 'USAGE'],
    [{ digest: `sha256:${'0'.repeat(64)}` }, 'DIGEST_UNKNOWN'],
    [{ digest: 'nothing' }, 'DIGEST_UNKNOWN'],
  ])('of %j is refused with %s', async (target, code) => {
    expect(await bench.downloads.download(target)).toMatchObject({ kind: 'problem', code });
  });
});

describe('a use', () => {
  it('counts once for each client and day, and never for a machine that tests', async () => {
    const { ticket } = await download({ reference: 'ada/zoo/bee' });
    const client = { id: 'client-1', ci: false };
    expect(await bench.downloads.confirm(ticket, { id: 'robot', ci: true })).toEqual({
      kind: 'counted',
      first: false,
    });
    expect(await bench.downloads.confirm(ticket, client)).toEqual({ kind: 'counted', first: true });
    expect(await bench.downloads.confirm(ticket, client)).toEqual({ kind: 'counted', first: false });
    expect(await catalogue.uses(version.id, bench.clock())).toMatchObject({ total: 1 });
  });

  it('needs a ticket from here that is not too old, and a client', async () => {
    const { ticket } = await download({ reference: 'ada/zoo' });
    const client = { id: 'client-2', ci: false };
    for (const wrong of ['', 'abc', `${ticket}x`, ticket.slice(2)])
      expect(await bench.downloads.confirm(wrong, client)).toMatchObject({ code: 'TICKET_INVALID' });
    for (const id of ['', 'x'.repeat(201)])
      expect(await bench.downloads.confirm(ticket, { id, ci: false })).toMatchObject({ code: 'USAGE' });
    const before = bench.time.now;
    bench.time.now = new Date(before.getTime() + 8 * 24 * 60 * 60 * 1000);
    expect(await bench.downloads.confirm(ticket, client)).toMatchObject({ code: 'TICKET_INVALID' });
    bench.time.now = before;
  });
});
