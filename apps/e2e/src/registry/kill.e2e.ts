import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { allBlobs, type BlobStore, openFilesystemBlobStore, openS3BlobStore } from '@moda/blob-store';
import { findMinio, startMinio } from '@moda/blob-store/testing';
import { packageDigest, serialisePackage } from '@moda/module-format';
import { findPostgres, startPostgres } from '@moda/service-kit/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { type RunningRegistry, runRegistry, startRegistry } from './running-registry.js';
import { syntheticModel } from './synthetic-model.js';
import { everyDigest, fetchAndCheck, publish } from './wire.js';

// Fewer than a release is tried with (50): every round starts a server.
const kills = Number(process.env['MODA_KILLS'] ?? 6);
const publishers = 3;
/** In publications of a fresh process: so that kills meet every step of one, and some publications end. */
const longestLife = 4;

interface Surroundings {
  readonly environment: Readonly<Record<string, string>>;
  readonly blobs: () => Promise<BlobStore>;
  readonly stop: () => Promise<void>;
}

const required = new Set((process.env['MODA_REQUIRE'] ?? '').split(','));
const hasMinio = required.has('minio') || (await findMinio()) !== undefined;
const hasPostgres = required.has('postgres') || (await findPostgres()) !== undefined;

async function surroundings(home: string, store: string, database: string): Promise<Surroundings> {
  const minio = store === 'MinIO' ? await startMinio() : undefined;
  const postgres = database === 'PostgreSQL' ? await startPostgres() : undefined;
  return {
    environment: {
      ...(minio && {
        S3_ENDPOINT: minio.endpoint,
        S3_BUCKET: 'moda',
        S3_ACCESS_KEY: minio.accessKey,
        S3_SECRET_KEY: minio.secretKey,
      }),
      ...(postgres && { DATABASE_URL: postgres.url }),
      MODA_ALLOW_UNSIGNED: 'true',
    },
    blobs: () =>
      minio
        ? openS3BlobStore({ ...minio, bucket: 'moda' })
        : openFilesystemBlobStore({ folder: join(home, 'registry', 'blobs') }),
    stop: async () => {
      await postgres?.stop();
      await minio?.stop();
    },
  };
}

/** Shares of the longest life, 0..1: the same moments in every run, as far as the machine allows. */
function* lives(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Each store and each database once; in a long proof each with each. */
const isLong = kills >= 20;
const places = [
  { place: ['files', 'PGlite', '', true], isMixed: false },
  { place: ['files', 'PostgreSQL', ' [needs postgres]', hasPostgres], isMixed: true },
  { place: ['MinIO', 'PGlite', ' [needs minio]', hasMinio], isMixed: true },
  {
    place: ['MinIO', 'PostgreSQL', ' [needs minio] [needs postgres]', hasMinio && hasPostgres],
    isMixed: false,
  },
] as const;

describe.each(places.filter(({ isMixed }) => isLong || !isMixed).map(({ place }) => place))(
  'publishing to %s and %s while the registry is killed%s',
  (store, database, _needs, present) => {
    const cleanUps: (() => Promise<unknown>)[] = [];
    afterAll(async () => {
      for (const cleanUp of cleanUps.reverse()) await cleanUp();
    });

    it.skipIf(!present)(
      `loses nothing that was acknowledged and shows nothing half-done, ${kills} times`,
      async () => {
        const home = await mkdtemp(join(tmpdir(), 'moda-kill-'));
        cleanUps.push(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));
        const { environment, blobs, stop } = await surroundings(home, store, database);
        cleanUps.push(stop);

        const acknowledged = new Map<string, string>();
        let attempts = 0;
        const publishNext = async ({ url }: RunningRegistry) => {
          attempts += 1;
          const number = attempts;
          const model = syntheticModel({ seed: number });
          const name = { owner: 'kill', model: `model-${number % 7}`, version: `1.0.${number}` };
          const result = await publish(url, name, model, serialisePackage(model.package));
          if (result.kind !== 'released') throw new Error(`refused: ${result.code}`);
          expect(result.digest).toBe(packageDigest(model.package));
          acknowledged.set(`${name.model}@${name.version}`, result.digest);
        };
        /** Publishes one package after the other until the registry dies under it. */
        const publishUntilDeath = async (registry: RunningRegistry, isDead: () => boolean) => {
          while (!isDead()) {
            try {
              await publishNext(registry);
            } catch (error) {
              if (!isDead()) throw error;
            }
          }
        };
        const publishOnce = async () => {
          const registry = await startRegistry(home, environment);
          const begun = performance.now();
          await Promise.all(Array.from({ length: publishers }, () => publishNext(registry)));
          const tookMs = performance.now() - begun;
          await registry.kill();
          return tookMs;
        };

        // The first makes the tables, the second finds them: that is how long a publication takes here today.
        await publishOnce();
        const longestLifeMs = longestLife * (await publishOnce());
        const life = lives(attempts + store.length * 7 + database.length);
        for (let round = 0; round < kills; round += 1) {
          const registry = await startRegistry(home, environment);
          let dead = false;
          const working = Promise.all(
            Array.from({ length: publishers }, () => publishUntilDeath(registry, () => dead)),
          );
          await sleep(longestLifeMs * (life.next().value as number));
          dead = true;
          await registry.kill();
          await working;
        }

        const registry = await startRegistry(home, environment);
        const visible = await everyDigest(registry.url);
        const referenced = new Set<string>();
        // What can be seen is whole, acknowledged or not …
        for (const digest of visible)
          for (const part of await fetchAndCheck(registry.url, digest)) referenced.add(part);
        // … and what was acknowledged can be seen.
        expect(new Set(visible)).toEqual(new Set([...visible, ...acknowledged.values()]));
        expect(new Set(visible).size).toBe(visible.length);
        expect(await registry.stop()).toBe(0);

        const collected = await runRegistry(
          home,
          ['collect', '--older-than', '0', '--drop-drafts'],
          environment,
        );
        expect(collected, collected.standardError).toMatchObject({ exitCode: 0 });
        const left: string[] = [];
        for await (const { digest } of allBlobs(await blobs())) left.push(digest);
        expect(new Set(left)).toEqual(referenced);
        console.log(
          `${store} and ${database}: ${kills + 2} kills, ${attempts} publications begun, ${acknowledged.size} acknowledged, ` +
            `${visible.length} visible and whole, ${left.length} blobs and no orphan.`,
        );
        expect(acknowledged.size).toBeGreaterThan(kills / 2);
        expect(attempts).toBeGreaterThan(acknowledged.size);
      },
      900_000,
    );
  },
);
