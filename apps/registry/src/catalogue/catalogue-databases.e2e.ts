import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres, type PostgresServer, startPostgres } from '@moda/service-kit/testing';
import { Client } from 'pg';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openCatalogue } from './open-catalogue.js';
import { describeCatalogue } from './testing/catalogue-contract.js';
import { sampleDraft, sampleFacts, samplePackage } from './testing/publication.js';
import { announced, newOwner, published, start } from './testing/contract/under-test.js';

const required = (process.env['MODA_REQUIRE'] ?? '').split(',').includes('postgres');

describeCatalogue('the catalogue on a folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'moda-catalogue-'));
  const catalogue = await openCatalogue({ dataFolder: join(folder, 'database') });
  return {
    catalogue,
    async close() {
      await catalogue.close();
      await rm(folder, { recursive: true });
    },
  };
});

describe('a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'moda-catalogue-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('keeps what was published, and is one process’s alone', async () => {
    const first = await openCatalogue({ dataFolder: folder });
    const version = await published(first, { owner: newOwner(), model: 'm', version: '1.0.0' });
    await expect(openCatalogue({ dataFolder: folder })).rejects.toMatchObject({
      code: 'DATABASE_LOCKED',
      details: { folder, pid: process.pid },
    });
    await first.close();
    const second = await openCatalogue({ dataFolder: folder });
    expect(await second.versionById(version.id)).toEqual(version);
    await second.close();
    expect(await readdir(folder)).toEqual(['postgres']);
  });

  it('of damaged files is told from an empty one, and can be tried again', async () => {
    await (await openCatalogue({ dataFolder: folder })).close();
    const control = join(folder, 'postgres', 'global', 'pg_control');
    const bytes = await readFile(control);
    await writeFile(control, Buffer.alloc(bytes.length, 7));
    await expect(openCatalogue({ dataFolder: folder })).rejects.toMatchObject({
      code: 'DATABASE_DAMAGED',
      details: { folder },
    });
    await writeFile(control, bytes);
    const catalogue = await openCatalogue({ dataFolder: folder });
    await catalogue.ping();
    await catalogue.close();
  });

  it('does not grow with the changes, only with what is kept', async () => {
    const catalogue = await openCatalogue({ dataFolder: folder });
    let most = 0;
    // 100 MB that do not compress, in the log and nowhere else.
    for (let i = 0; i < 250; i += 1) {
      const draft = await announced(
        catalogue,
        { owner: 'o', model: 'm', version: '1.0.0' },
        { description: randomBytes(200_000).toString('hex') },
      );
      await catalogue.abandon(draft.id);
      const log = await readdir(join(folder, 'postgres', 'pg_wal'));
      most = Math.max(most, log.filter((name) => /^[0-9A-F]{24}$/.test(name)).length);
    }
    await catalogue.close();
    // Segments of 16 MiB: those since the last checkpoint, and those that are kept for what comes.
    expect(most).toBeLessThanOrEqual(5);
  });
});

describe.skipIf(!required && (await findPostgres()) === undefined)('PostgreSQL [needs postgres]', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
    return () => server.stop();
  });

  /** One that orders texts as people do, where the server can, so that nothing relies on the order of bytes. */
  async function newDatabase(): Promise<string> {
    const name = `moda_${randomUUID().replaceAll('-', '')}`;
    await asAdministrator(async (client) => {
      const humane = `create database ${name} template template0 locale_provider icu icu_locale 'und'`;
      await client.query(humane).catch(() => client.query(`create database ${name}`));
    });
    return server.url.replace(/postgres$/, name);
  }
  async function asAdministrator<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ connectionString: server.url });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  describeCatalogue('the catalogue on a server', async () => {
    const catalogue = await openCatalogue({ databaseUrl: await newDatabase() });
    return { catalogue, close: () => catalogue.close() };
  });

  describe('several processes', () => {
    it('that start at once on an empty database all find their tables', async () => {
      const databaseUrl = await newDatabase();
      const catalogues = await Promise.all(Array.from({ length: 5 }, () => openCatalogue({ databaseUrl })));
      const name = { owner: newOwner(), model: 'm', version: '1.0.0' };
      const version = await published(catalogues[0]!, name);
      for (const catalogue of catalogues) {
        expect(await catalogue.versionById(version.id)).toEqual(version);
        await catalogue.close();
      }
    });

    it('that publish under the same names: of each name one wins', async () => {
      const databaseUrl = await newDatabase();
      const catalogues = await Promise.all(Array.from({ length: 3 }, () => openCatalogue({ databaseUrl })));
      const owner = newOwner();
      const outcomes = await Promise.all(
        Array.from({ length: 60 }, async (_, i) => {
          const catalogue = catalogues[i % 3]!;
          const name = { owner, model: 'm', version: `1.${Math.floor(i / 6)}.0` };
          const draft = await announced(catalogue, name, { package: samplePackage(`${owner} ${i}`) });
          return catalogue.release(draft.id, sampleFacts(), start);
        }),
      );
      expect(outcomes.filter((outcome) => outcome.kind === 'released' && outcome.created)).toHaveLength(10);
      expect(outcomes.filter(({ kind }) => kind === 'conflict')).toHaveLength(50);
      const [first] = catalogues;
      expect((await first!.versionsOf({ owner, model: 'm' }, { first: 100 })).totalEstimate).toBe(10);
      expect(await first!.version({ owner, model: 'm' }, { kind: 'alias', alias: 'latest' })).toMatchObject({
        version: '1.9.0',
      });
      expect((await first!.searchVersions({ owner }, 'newest', { first: 100 })).items).toHaveLength(1);
      for (const catalogue of catalogues) await catalogue.close();
    });

    it('one of which collects: the others wait with references to what it removes', async () => {
      const databaseUrl = await newDatabase();
      const [collector, publisher] = [
        await openCatalogue({ databaseUrl }),
        await openCatalogue({ databaseUrl }),
      ];
      const shared = samplePackage(newOwner());
      const order: string[] = [];
      let announcing: Promise<unknown> | undefined;
      await collector.withUnreferenced([shared.files[0]!.digest], async () => {
        announcing = publisher
          .announce(sampleDraft({ owner: newOwner(), model: 'm', version: '1.0.0' }, { package: shared }))
          .then(() => order.push('announced'));
        await new Promise((resolve) => setTimeout(resolve, 200));
        order.push('removed');
      });
      await announcing;
      expect(order).toEqual(['removed', 'announced']);
      await collector.close();
      await publisher.close();
    });
  });

  describe('a server', () => {
    it('that drops connections is used again when it answers', async () => {
      const databaseUrl = await newDatabase();
      const catalogue = await openCatalogue({ databaseUrl });
      await Promise.all(Array.from({ length: 5 }, () => catalogue.ping()));
      await asAdministrator((client) =>
        client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'moda-registry'`,
        ),
      );
      // At most once per connection that was open.
      let failures = 0;
      for (let i = 0; i < 10; i += 1)
        await catalogue.ping().catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'DATABASE_UNREACHABLE' });
          failures += 1;
        });
      expect(failures).toBeLessThanOrEqual(5);
      await catalogue.ping();
      await catalogue.close();
    });

    it('that refuses says why, without the password', async () => {
      const wrong = server.url.replace(/:[0-9a-f]+@/, ':wrong-secret@');
      const error = await openCatalogue({ databaseUrl: wrong }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'DATABASE_REFUSED' });
      expect(JSON.stringify(error)).not.toContain('wrong-secret');
      expect(String(error)).toContain('127.0.0.1');
      expect(String(error)).not.toContain('wrong-secret');
      const absent = server.url.replace(/postgres$/, 'absent');
      await expect(openCatalogue({ databaseUrl: absent })).rejects.toMatchObject({
        code: 'DATABASE_REFUSED',
      });
    });

    it('whose tables a newer version made is left alone', async () => {
      const databaseUrl = await newDatabase();
      await (await openCatalogue({ databaseUrl })).close();
      const client = new Client({ connectionString: databaseUrl });
      await client.connect();
      await client.query(
        `insert into drizzle.registry_migrations (hash, created_at) values ('later', ${Date.now() + 1e9})`,
      );
      await client.end();
      await expect(openCatalogue({ databaseUrl })).rejects.toMatchObject({ code: 'DATABASE_NEWER' });
    });

    it('that does not answer is told from one that refuses', async () => {
      await expect(
        openCatalogue({ databaseUrl: 'postgres://nobody:secret@127.0.0.1:1/moda' }),
      ).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE', details: { code: 'ECONNREFUSED' } });
    });
  });
});
