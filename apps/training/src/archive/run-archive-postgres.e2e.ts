import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BlobStore, openFilesystemBlobStore } from '@moda/blob-store';
import { findPostgres, type PostgresServer, startPostgres } from '@moda/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTrainingDatabase, runStoreOn } from '../runs/open-run-store.js';
import { sampleRequest } from '../runs/testing/sample-request.js';
import { type ArchiveBlobs, openArchiveBlobs } from './archive-blobs.js';
import { openRunArchive } from './open-run-archive.js';
import type { RunArchive } from './run-archive.js';

interface Service {
  readonly archive: RunArchive;
  readonly blobs: ArchiveBlobs;
}

const required = (process.env['MODA_REQUIRE'] ?? '').split(',').includes('postgres');

describe.skipIf(!required && (await findPostgres()) === undefined)(
  'several services [needs postgres]',
  () => {
    let server: PostgresServer;
    let folder: string;
    let runs: string[];
    const archives: Service[] = [];
    const closing: (() => Promise<void>)[] = [];
    const clock = () => new Date();
    let beforeDelete: (() => Promise<void>) | undefined;

    beforeAll(async () => {
      server = await startPostgres();
      folder = await mkdtemp(join(tmpdir(), 'moda-services-'));
      const databaseUrl = server.url;
      for (let i = 0; i < 2; i += 1) {
        const database = await openTrainingDatabase({ databaseUrl });
        closing.push(() => database.close());
        const files = await openFilesystemBlobStore({ folder });
        const disturbable: BlobStore = {
          put: (content, options) => files.put(content, options),
          get: (digest, range) => files.get(digest, range),
          stat: (digest) => files.stat(digest),
          has: (digest) => files.has(digest),
          list: (options) => files.list(options),
          async delete(digest) {
            await beforeDelete?.();
            await files.delete(digest);
          },
        };
        const blobs = openArchiveBlobs({ database, blobs: disturbable, clock });
        archives.push({ archive: openRunArchive({ database, blobs, clock }), blobs });
        const store = runStoreOn(database, clock);
        const submitted = await store.submit(sampleRequest());
        runs = [...(runs ?? []), submitted.kind === 'submitted' ? submitted.run.id : ''];
      }
    });
    afterAll(async () => {
      for (const close of closing) await close();
      await server.stop();
      await rm(folder, { recursive: true });
    });

    it('never remove a blob to which one of them is about to refer', async () => {
      const [one, other] = archives as [Service, Service];
      const [id = ''] = runs;
      const bytes = Buffer.from('removed and put at the same time');
      await one.blobs.store.put(bytes);
      let putting: Promise<unknown> | undefined;
      beforeDelete = async () => {
        beforeDelete = undefined;
        putting = one.archive.put(id, 'a', bytes);
        // Long enough to refer to it, were nothing in the way.
        await sleep(500);
      };
      expect(await other.blobs.removeUnreferred(0)).toBe(1);
      await putting;
      expect(await textOf(one, id, 'a')).toBe('removed and put at the same time');
      expect(await other.blobs.removeUnreferred(0)).toBe(0);
    });

    it('add the same bytes to the same file, which has them once', async () => {
      const text = 'a log that two services were told of at the same time';
      const [id = ''] = runs;
      const send = async ({ archive }: Service) => {
        for (let at = 0; at < text.length; at += 3)
          await archive.append(id, 'worker.log', at, Buffer.from(text.slice(at, at + 3)));
      };
      await Promise.all(archives.map(send));
      expect(await textOf(archives[0]!, id, 'worker.log')).toBe(text);
    });
  },
);

async function textOf({ archive }: Service, id: string, name: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive.read(id, name)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
