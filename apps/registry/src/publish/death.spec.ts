import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allBlobs, openMemoryBlobStore, readBlob } from '@moda/blob-store';
import { serialisePackage } from '@moda/module-format';
import type { Catalogue, VersionRecord } from '../catalogue/catalogue.js';
import { openCatalogue } from '../catalogue/open-catalogue.js';
import { collectGarbage } from '../collect/collect-garbage.js';
import { isProblem } from '../problem/problem.js';
import { type Death, Mortal } from './testing/failing-parts.js';
import { sampleModel, type SampleModel } from './testing/sample-model.js';
import { bytesOf, type Name, openWorkbench, publish } from './testing/workbench.js';

const start = new Date('2026-03-01T12:00:00Z');
let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await openCatalogue({ now: () => start });
}, 180_000);
afterAll(() => catalogue.close());

let seed = 1000;

/** A registry that dies at a call, what it acknowledged before, and what is left of it. */
async function liveAndDie(death: Death) {
  const model = sampleModel({ seed: (seed += 1) });
  const name: Name = { owner: 'ada', model: `mortal-${seed}`, version: '1.0.0' };
  const now = { value: start };
  const blobs = openMemoryBlobStore({ now: () => now.value });
  const mortal = new Mortal(death);
  const bench = await openWorkbench({ catalogue: mortal.wrap(catalogue), blobs: mortal.wrap(blobs) });
  const acknowledged: { version?: VersionRecord; composed?: string } = {};
  try {
    acknowledged.version = await publish(bench, model, name);
    const composition = await bench.composer.note(acknowledged.version, [0, 2], 0.9);
    if (isProblem(composition)) throw new Error(composition.message);
    const stream = await bench.composer.stream(composition.id);
    if (isProblem(stream)) throw new Error(stream.message);
    await bytesOf(stream.content);
    await bench.composer.close();
    if (bench.failures.length === 0) acknowledged.composed = composition.id;
  } catch (error) {
    if (!mortal.isDead) throw error;
  }
  await bench.composer.close();
  return { mortal, model, name, blobs, now, acknowledged, trust: bench.trust };
}

type Remains = Awaited<ReturnType<typeof liveAndDie>>;

/** Every digest that a reader can come to from what is visible. */
async function visibleDigests({ name, blobs }: Remains): Promise<Set<string>> {
  const digests = new Set<string>();
  const versions = await catalogue.versionsOf(name, { first: 10 });
  for (const { item: version } of versions.items) {
    for (const { digest } of [...version.package.files, version]) digests.add(digest);
    expect((await readBlob(blobs, version.digest)).toString()).toBe(serialisePackage(version.package));
    for (const { item } of (await catalogue.compositionsOf(version.id, { first: 10 })).items)
      for (const { digest } of item.package?.files ?? []) digests.add(digest).add(item.digest ?? '');
  }
  // Each is there and whole: a read to the end checks the digest.
  for (const digest of digests) await readBlob(blobs, digest);
  return digests;
}

async function collect({ blobs, now }: Remains) {
  now.value = new Date(now.value.getTime() + 48 * 60 * 60 * 1000);
  await collectGarbage({ catalogue, blobs, clock: () => now.value });
}

async function storedDigests({ blobs }: Remains): Promise<Set<string>> {
  const digests = new Set<string>();
  for await (const { digest } of allBlobs(blobs)) digests.add(digest);
  return digests;
}

async function publishAgain({ blobs, trust }: Remains, model: SampleModel, name: Name) {
  const bench = await openWorkbench({ catalogue, blobs, trust });
  const version = await publish(bench, model, name);
  const composition = await bench.composer.compose(version, [0, 2], 0.9);
  if (isProblem(composition)) throw new Error(composition.message);
  return version;
}

describe.each(['none', 'done'] as const)(
  'a registry that dies at a call which has its effect: %s',
  (effect) => {
    it('shows nothing half-done, keeps what it acknowledged, and can go on, wherever it dies', async () => {
      const died: string[] = [];
      for (let atCall = 1; ; atCall += 1) {
        const remains = await liveAndDie({ atCall, effect });
        const { mortal, acknowledged, model, name } = remains;
        if (!mortal.isDead) break;
        died.push(mortal.lastCall ?? '');

        const visible = await visibleDigests(remains);
        if (acknowledged.version) expect(visible).toContain(acknowledged.version.digest);
        if (acknowledged.composed !== undefined)
          expect((await catalogue.composition(acknowledged.composed))?.digest).toBeDefined();
        // Half of the time somebody cleans up before the publisher comes back.
        if (atCall % 2 === 0) {
          await collect(remains);
          expect(await storedDigests(remains)).toEqual(await visibleDigests(remains));
        }

        const version = await publishAgain(remains, model, name);
        if (acknowledged.version) expect(version.id).toBe(acknowledged.version.id);
        await collect(remains);
        expect((await storedDigests(remains)).size).toBe(7);
        expect(await storedDigests(remains)).toEqual(await visibleDigests(remains));
      }
      // Every kind of call that changes something was among them.
      expect(died).toEqual(
        expect.arrayContaining(['announce', 'put', 'release', 'noteComposition', 'completeComposition']),
      );
      expect(died.length).toBeGreaterThan(25);
    }, 300_000);
  },
);
