import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BlobStore, digestOf, openMemoryBlobStore } from '@moda/blob-store';
import { composeModule } from '@moda/moda/surgery';
import { packageDigest, sha256, verifyPackage, writeSafetensors } from '@moda/module-format';
import { toNativeLayout } from '@moda/nn/graph';
import type { Catalogue, VersionRecord } from '../catalogue/catalogue.js';
import { openCatalogue } from '../catalogue/open-catalogue.js';
import { isProblem } from '../problem/problem.js';
import { sampleModel, type SampleModel } from '../publish/testing/sample-model.js';
import { bytesOf, openWorkbench, publish, type Workbench } from '../publish/testing/workbench.js';

const tau = 0.9;
let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await openCatalogue({ now: () => new Date('2026-03-01T12:00:00Z') });
}, 180_000);
afterAll(() => catalogue.close());

let seed = 100;
/** A published model of five classes that no other test has. */
async function published(
  options: { blobs?: BlobStore } = {},
): Promise<{ bench: Workbench; model: SampleModel; version: VersionRecord }> {
  const bench = await openWorkbench({ catalogue, ...options });
  const model = sampleModel({ seed: (seed += 1), classes: ['ant', 'bee', 'cat', 'dog', 'eel'] });
  const version = await publish(bench, model, { owner: 'ada', model: `zoo-${seed}`, version: '1.0.0' });
  return { bench, model, version };
}

/** What a reader would cut at home. */
function cutAtHome({ network, rates }: SampleModel, classes: readonly number[]): Uint8Array {
  const cut = composeModule(network, rates, tau, classes);
  return writeSafetensors(
    [...toNativeLayout(cut)].map(([name, { shape, data }]) => [name, { dtype: 'F32', shape, data }] as const),
  );
}

async function noted({ bench, version }: { bench: Workbench; version: VersionRecord }, classes: number[]) {
  const composition = await bench.composer.note(version, classes, tau);
  if (isProblem(composition)) throw new Error(composition.message);
  return composition;
}

async function streamed(bench: Workbench, id: string, range?: { start?: number; end?: number }) {
  const stream = await bench.composer.stream(id, range);
  if (isProblem(stream)) throw new Error(stream.message);
  return stream;
}

describe('a set of classes', () => {
  it('has a name before it is cut, whatever the order it is asked in', async () => {
    const { bench, version } = await published();
    const composition = await noted({ bench, version }, [3, 1, 3]);
    expect(composition).toMatchObject({ classes: [1, 3], tau, digest: undefined, versionId: version.id });
    expect(await noted({ bench, version }, [1, 3])).toEqual(composition);
    expect(bench.failures).toEqual([]);
  });

  it('streams the bytes that a reader would cut at home, and stores and signs them on the way', async () => {
    const { bench, model, version } = await published();
    const { id, weightsBytes } = await noted({ bench, version }, [1, 3]);
    const { sizeBytes, content } = await streamed(bench, id);
    const atHome = cutAtHome(model, [1, 3]);
    expect(sizeBytes).toBe(atHome.length);
    expect(weightsBytes).toBe(atHome.length);
    expect(digestOf(await bytesOf(content))).toBe(digestOf(atHome));

    // Whoever has the last byte finds the package.
    const complete = await catalogue.composition(id);
    expect(complete?.digest).toBe(packageDigest(complete!.package!));
    expect(verifyPackage(complete!.package!, complete!.signature, bench.trust.trusted).state).toBe('trusted');
    for (const { digest } of complete!.package!.files) expect(await bench.blobs.has(digest)).toBe(true);
    expect(await bench.blobs.has(complete!.digest!)).toBe(true);
    expect(await catalogue.compositionByDigest(complete!.digest!)).toEqual(complete);
  });

  it('gives any range, cut or stored', async () => {
    const { bench, model, version } = await published();
    const atHome = cutAtHome(model, [0, 4]);
    const { id } = await noted({ bench, version }, [0, 4]);
    for (let round = 0; round < 2; round += 1)
      for (const range of [
        { start: 5, end: 9 },
        { end: 3000 },
        { start: atHome.length - 7 },
        { start: 12, end: 12 },
      ]) {
        const { content, sizeBytes } = await streamed(bench, id, range);
        expect(sizeBytes).toBe(atHome.length);
        expect(await bytesOf(content)).toEqual(Buffer.from(atHome.slice(range.start ?? 0, range.end)));
      }
  });

  it('refuses a range outside of it', async () => {
    const { bench, version } = await published();
    const { id, weightsBytes } = await noted({ bench, version }, [0]);
    expect(await bench.composer.stream(id, { start: weightsBytes + 1 })).toMatchObject({
      code: 'BLOB_RANGE_INVALID',
      details: { sizeBytes: weightsBytes },
    });
  });

  it('is cut once for many readers at once, who all get it whole', async () => {
    const { bench, model, version } = await published();
    const puts: number[] = [];
    const { put } = bench.blobs;
    bench.blobs.put = async (content, options) => {
      puts.push(options?.expected?.sizeBytes ?? 0);
      return put(content, options);
    };
    const { id, weightsBytes } = await noted({ bench, version }, [0, 1, 2]);
    const digest = digestOf(cutAtHome(model, [0, 1, 2]));
    const readers = Array.from({ length: 20 }, async () =>
      digestOf(await bytesOf((await streamed(bench, id)).content)),
    );
    expect(new Set(await Promise.all(readers))).toEqual(new Set([digest]));
    expect(puts.filter((sizeBytes) => sizeBytes === weightsBytes)).toHaveLength(1);
  });

  it('is stored although its only reader left after the first piece', async () => {
    const { bench, version } = await published();
    const { id } = await noted({ bench, version }, [2, 3]);
    for await (const piece of (await streamed(bench, id)).content) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    await bench.composer.close();
    expect((await catalogue.composition(id))?.digest).toMatch(/^sha256:/);
    expect(bench.failures).toEqual([]);
  });

  it('comes to its reader although it cannot be stored, and is cut again for the next', async () => {
    const { bench, model, version } = await published();
    const { put } = bench.blobs;
    bench.blobs.put = async (content) => {
      let sizeBytes = 0;
      for await (const piece of content as AsyncIterable<Uint8Array>)
        if ((sizeBytes += piece.length) > 20_000) throw new Error('the disk is full');
      throw new Error('the disk is full');
    };
    const { id } = await noted({ bench, version }, [1, 2]);
    const digest = digestOf(cutAtHome(model, [1, 2]));
    expect(digestOf(await bytesOf((await streamed(bench, id)).content))).toBe(digest);
    expect(bench.failures).toEqual([new Error('the disk is full')]);
    expect((await catalogue.composition(id))?.digest).toBeUndefined();

    bench.blobs.put = put;
    expect(digestOf(await bytesOf((await streamed(bench, id)).content))).toBe(digest);
    expect((await catalogue.composition(id))?.digest).toMatch(/^sha256:/);
  });

  it('breaks off where the weights of its model are damaged, rather than yield others', async () => {
    const blobs = openMemoryBlobStore();
    const { bench, version } = await published({ blobs });
    const { id } = await noted({ bench, version }, [1]);
    await blobs.delete(version.weightsDigest);
    const { content } = await streamed(bench, id);
    await expect(bytesOf(content)).rejects.toMatchObject({ code: 'BLOB_NOT_FOUND' });
    expect((await catalogue.composition(id))?.digest).toBeUndefined();
  });

  it('is there again although somebody removed its bytes from the store', async () => {
    const { bench, model, version } = await published();
    const first = await bench.composer.compose(version, [0, 3], tau);
    if (isProblem(first)) throw new Error(first.message);
    const weights = sha256(cutAtHome(model, [0, 3]));
    await bench.blobs.delete(weights);
    expect(digestOf(await bytesOf((await streamed(bench, first.id)).content))).toBe(weights);
    expect(await bench.blobs.has(weights)).toBe(true);
  });

  it('composed twice is the same', async () => {
    const { bench, version } = await published();
    const [one, other] = await Promise.all([
      bench.composer.compose(version, [4], 0.5),
      bench.composer.compose(version, [4], 0.5),
    ]);
    expect(one).toEqual(other);
    expect(await bench.composer.compose(version, [4], 0.5)).toEqual(one);
  });

  it.each([
    ['no class', [], tau, 'USAGE'],
    ['a class that is not there', [5], tau, 'CLASS_UNKNOWN'],
    ['half a class', [0.5], tau, 'CLASS_UNKNOWN'],
    ['a threshold above 1', [0], 1.5, 'USAGE'],
    ['no threshold', [0], Number.NaN, 'USAGE'],
  ])('cannot be of %s', async (_what, classes, threshold, code) => {
    const { bench, version } = await published();
    for (const outcome of [
      await bench.composer.note(version, classes, threshold),
      await bench.composer.compose(version, classes, threshold),
    ])
      expect(outcome).toMatchObject({ kind: 'problem', code });
  });

  it('cannot be asked for by a digest that nobody noted', async () => {
    const { bench } = await published();
    expect(await bench.composer.stream(`sha256:${'0'.repeat(64)}`)).toMatchObject({
      code: 'COMPOSITION_UNKNOWN',
    });
  });

  it('cannot be had of a model without activation rates', async () => {
    const bench = await openWorkbench({ catalogue });
    const version = await publish(bench, sampleModel({ withRates: false }), {
      owner: 'ada',
      model: 'rateless',
      version: '1.0.0',
    });
    expect(await catalogue.modulesOf(version.id)).toEqual([]);
    for (const outcome of [
      await bench.composer.note(version, [0], tau),
      await bench.composer.price(version, [0], tau),
    ])
      expect(outcome).toMatchObject({ code: 'RATES_MISSING' });
  });
});

describe('a price', () => {
  it('is that of the cut, and says what each further class would add', async () => {
    const { bench, model, version } = await published();
    const outcome = await bench.composer.price(version, [1, 2], tau);
    if (isProblem(outcome)) throw new Error(outcome.message);
    expect(outcome.price.weightsBytes).toBe(cutAtHome(model, [1, 2]).length);
    expect(outcome.price.marginal.map((marginal) => marginal.class)).toEqual([0, 1, 2, 3, 4]);
    expect(outcome.price.marginal[1]).toMatchObject({ parameters: 0, weightsBytes: 0 });
    const withDog = await bench.composer.price(version, [1, 2, 3], tau, []);
    if (isProblem(withDog)) throw new Error(withDog.message);
    expect(withDog.price.weightsBytes).toBe(
      outcome.price.weightsBytes + outcome.price.marginal[3]!.weightsBytes,
    );
  });

  it('of no class is nothing', async () => {
    const { bench, version } = await published();
    expect(await bench.composer.price(version, [], tau)).toMatchObject({
      price: { parameters: 0, share: 0, flops: 0, weightsBytes: 0 },
    });
  });
});
