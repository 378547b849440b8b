import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMemoryBlobStore } from '@moda/blob-store';
import type { Catalogue } from '../catalogue/catalogue.js';
import { openCatalogue } from '../catalogue/open-catalogue.js';
import { sampleModel } from './testing/sample-model.js';
import { announcementOf, bytesOf, contentOf, openWorkbench, publish } from './testing/workbench.js';

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await openCatalogue({ now: () => new Date('2026-03-01T12:00:00Z') });
}, 180_000);
afterAll(() => catalogue.close());

let modelNumber = 0;
/** A name that no other test has. */
const freshName = (version = '1.0.0') => ({ owner: 'ada', model: `model-${(modelNumber += 1)}`, version });

describe('publishing', () => {
  it('asks for the missing files, takes them, and shows the version once all are there and checked', async () => {
    const bench = await openWorkbench({ catalogue });
    const model = sampleModel();
    const name = freshName();
    const announced = await bench.publishing.announce(announcementOf(bench, model, name));
    if (announced.kind !== 'draft') throw new Error(announced.kind);
    expect(announced.uploads.map(({ path }) => path)).toEqual([
      'module.json',
      'rates.safetensors',
      'weights.safetensors',
    ]);
    expect(announced.uploads[0]?.url).toMatch(
      /^http:\/\/127\.0\.0\.1:4002\/uploads\/[^/]+\/sha256:[0-9a-f]{64}\?expires=\d+&signature=[0-9a-f]{64}$/,
    );
    for (const { path, digest, sizeBytes } of announced.uploads)
      expect(
        await bench.publishing.receive(
          announced.draft.id,
          digest,
          sizeBytes,
          contentOf(model.files.get(path)!),
        ),
      ).toEqual({ kind: 'stored', digest, sizeBytes });
    expect(await catalogue.version(name, { kind: 'version', version: '1.0.0' })).toBeUndefined();

    const released = await bench.publishing.release(announced.draft.id);
    expect(released).toMatchObject({ kind: 'released', created: true, version: { digest: model.digest } });
    const version = await catalogue.version(name, { kind: 'alias', alias: 'latest' });
    expect(version).toMatchObject({
      architecture: 'lenet5',
      input: { height: 16, width: 16, channels: 1 },
      dataset: 'digits',
      license: 'Apache-2.0',
      accuracy: 0.9,
      tau: 0.9,
      publishedBy: 'ada',
    });
    const modules = await catalogue.modulesOf(version!.id);
    expect(modules.map(({ className, accuracy }) => [className, accuracy])).toEqual([
      ['zero', 0.95],
      ['one', undefined],
      ['two', undefined],
    ]);
    for (const { parameters, share, bytes, flopsShare } of modules) {
      expect(share).toBeCloseTo(parameters / version!.parameters, 12);
      expect(bytes).toBeGreaterThan(4 * parameters);
      expect(flopsShare).toBeGreaterThan(0);
      expect(flopsShare).toBeLessThan(1);
    }
  });

  it('stores the package manifest too, so that the package can be found by its digest in the store alone', async () => {
    const bench = await openWorkbench({ catalogue });
    const model = sampleModel({ seed: 2 });
    await publish(bench, model, freshName());
    expect((await bytesOf(bench.blobs.get(model.digest))).toString()).toBe(model.packageText);
  });

  it('answers a release that is asked for again with what the first made', async () => {
    const bench = await openWorkbench({ catalogue });
    const model = sampleModel({ seed: 3 });
    const name = freshName();
    const announced = await bench.publishing.announce(announcementOf(bench, model, name));
    if (announced.kind !== 'draft') throw new Error(announced.kind);
    for (const { path, digest, sizeBytes } of announced.uploads)
      await bench.publishing.receive(
        announced.draft.id,
        digest,
        sizeBytes,
        contentOf(model.files.get(path)!),
      );
    const first = await bench.publishing.release(announced.draft.id);
    const second = await bench.publishing.release(announced.draft.id);
    if (first.kind !== 'released') throw new Error(first.message);
    expect(second).toEqual({ ...first, created: false });
  });

  it('asks for nothing that is here already, and takes the same package under the same name as done', async () => {
    const bench = await openWorkbench({ catalogue });
    const model = sampleModel({ seed: 4 });
    const name = freshName();
    await publish(bench, model, name);
    expect(await bench.publishing.announce(announcementOf(bench, model, name))).toMatchObject({
      kind: 'released',
      version: { digest: model.digest },
    });
    expect(await bench.publishing.announce(announcementOf(bench, model, freshName()))).toMatchObject({
      kind: 'draft',
      uploads: [],
    });
  });

  it('gives a name once: other contents under it are refused with the digest that it has', async () => {
    const bench = await openWorkbench({ catalogue });
    const [one, other] = [sampleModel({ seed: 5 }), sampleModel({ seed: 6 })];
    const name = freshName();
    await publish(bench, one, name);
    expect(await bench.publishing.announce(announcementOf(bench, other, name))).toMatchObject({
      kind: 'problem',
      code: 'VERSION_TAKEN',
      details: { existingDigest: one.digest },
    });
  });

  it('lets one of two writers win and gives the other the conflict', async () => {
    const bench = await openWorkbench({ catalogue });
    const name = freshName();
    const outcomes = await Promise.allSettled(
      [7, 8].map((seed) => publish(bench, sampleModel({ seed }), name)),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(String(lost?.reason)).toMatch(/is released already with other contents, sha256:[0-9a-f]{64}/);
  });

  it('forgets a draft whose time is over, and says how to go on', async () => {
    const bench = await openWorkbench({ catalogue });
    const model = sampleModel({ seed: 9 });
    const announced = await bench.publishing.announce(announcementOf(bench, model, freshName()));
    if (announced.kind !== 'draft') throw new Error(announced.kind);
    const { digest, sizeBytes } = announced.uploads[0]!;
    bench.time.now = new Date(announced.draft.expiresAt);
    for (const outcome of [
      await bench.publishing.receive(
        announced.draft.id,
        digest,
        sizeBytes,
        contentOf(new Uint8Array(sizeBytes)),
      ),
      await bench.publishing.release(announced.draft.id),
    ])
      expect(outcome).toMatchObject({
        kind: 'problem',
        code: 'DRAFT_UNKNOWN',
        message:
          'The announced publication has expired, was abandoned or never was; announce it anew, which keeps what is uploaded.',
      });
  });

  it('takes exactly the announced bytes, and keeps nothing of others', async () => {
    const bench = await openWorkbench({ catalogue });
    const model = sampleModel({ seed: 10 });
    const announced = await bench.publishing.announce(announcementOf(bench, model, freshName()));
    if (announced.kind !== 'draft') throw new Error(announced.kind);
    const { draft, uploads } = announced;
    const { digest, sizeBytes } = uploads[0]!;
    const wrong = new Uint8Array(sizeBytes);
    expect(await bench.publishing.receive(draft.id, digest, sizeBytes, contentOf(wrong))).toMatchObject({
      code: 'BLOB_DIGEST_MISMATCH',
    });
    expect(await bench.publishing.receive(draft.id, digest, sizeBytes + 1, contentOf(wrong))).toMatchObject({
      code: 'UPLOAD_UNEXPECTED',
    });
    const strange = `sha256:${'0'.repeat(64)}`;
    expect(await bench.publishing.receive(draft.id, strange, sizeBytes, contentOf(wrong))).toMatchObject({
      code: 'UPLOAD_UNEXPECTED',
    });
    expect(await bench.publishing.release(draft.id)).toMatchObject({
      code: 'PACKAGE_INCOMPLETE',
      message: 'The file module.json of the package is not here yet; upload it, then release again.',
    });
    expect((await bench.blobs.list()).blobs).toEqual([]);
  });
});

describe('a release that is refused', () => {
  it('shows nothing, keeps the draft, and says what is wrong', async () => {
    const bench = await openWorkbench({ catalogue });
    const model = sampleModel({ seed: 11, manifest: { license: undefined } });
    const name = freshName();
    const announced = await bench.publishing.announce(announcementOf(bench, model, name));
    if (announced.kind !== 'draft') throw new Error(announced.kind);
    for (const { path, digest, sizeBytes } of announced.uploads)
      await bench.publishing.receive(
        announced.draft.id,
        digest,
        sizeBytes,
        contentOf(model.files.get(path)!),
      );
    expect(await bench.publishing.release(announced.draft.id)).toMatchObject({
      kind: 'problem',
      code: 'LICENSE_MISSING',
    });
    expect(await catalogue.version(name, { kind: 'version', version: '1.0.0' })).toBeUndefined();
    expect(await catalogue.draft(announced.draft.id)).toBeDefined();
  });
});

describe('an outage', () => {
  it('is thrown and not told as a problem of the package', async () => {
    const blobs = { ...openMemoryBlobStore(), has: async () => Promise.reject(new Error('unplugged')) };
    const bench = await openWorkbench({ catalogue, blobs });
    await expect(
      bench.publishing.announce(announcementOf(bench, sampleModel(), freshName())),
    ).rejects.toThrow('unplugged');
  });
});
