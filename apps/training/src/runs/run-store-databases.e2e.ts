import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@moda/service-kit/database';
import { findPostgres, type PostgresServer, startPostgres } from '@moda/service-kit/testing';
import { sql } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrations } from './migrations.js';
import { openRunStore } from './open-run-store.js';
import { claimed, manyRuns, newWorker, point, reported, submitted } from './testing/contract/under-test.js';
import { describeRunStore } from './testing/index.js';

const required = (process.env['MODA_REQUIRE'] ?? '').split(',').includes('postgres');

describe('a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'moda-runs-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('keeps runs and their events, and is one process’s alone', async () => {
    const first = await openRunStore({ dataFolder: folder });
    const worker = await claimed(first);
    await reported(first, worker, [point(1, { loss: 0.5 })]);
    await expect(openRunStore({ dataFolder: folder })).rejects.toMatchObject({
      code: 'DATABASE_LOCKED',
      details: { folder, pid: process.pid },
    });
    const { id } = worker.run;
    const [run, events] = [await first.run(id), await first.events(id, 0, 10)];
    await first.close();
    const second = await openRunStore({ dataFolder: folder });
    expect(await second.run(id)).toEqual(run);
    expect(await second.events(id, 0, 10)).toEqual(events);
    expect(await second.journalOffset(id, 'journal.ndjson')).toBe(1);
    await second.close();
    expect(await readdir(folder)).toEqual(['postgres']);
  });

  it('is made anew where its making was cut off', async () => {
    const { mkdir, writeFile } = await import('node:fs/promises');
    await mkdir(join(folder, 'making-x'));
    await mkdir(join(folder, 'postgres'));
    await writeFile(join(folder, 'initialising'), '');
    const store = await openRunStore({ dataFolder: folder });
    await store.ping();
    await store.close();
    expect(await readdir(folder)).toEqual(['postgres']);
  });
});

describe.skipIf(!required && (await findPostgres()) === undefined)('PostgreSQL [needs postgres]', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
    return () => server.stop();
  });

  async function newDatabase(): Promise<string> {
    const name = `moda_${randomUUID().replaceAll('-', '')}`;
    // A program without tables of its own is enough to say it.
    const administrator = await openDatabase({ url: server.url, migrations });
    await administrator.read((store) => store.execute(sql.raw(`create database ${name}`)));
    await administrator.close();
    return server.url.replace(/postgres$/, name);
  }

  describeRunStore('the store of runs on a server', async () => {
    const store = await openRunStore({ databaseUrl: await newDatabase() });
    return { store, close: () => store.close() };
  });

  it('serves several processes, which share the queue and its limits', async () => {
    const databaseUrl = await newDatabase();
    const stores = await Promise.all(Array.from({ length: 3 }, () => openRunStore({ databaseUrl })));
    for (let i = 0; i < 12; i += 1) await submitted(stores[i % 3]!, { user: `u${i % 4}` });
    const limits = { total: 7, perUser: 2 };
    const claims = await Promise.all(
      Array.from({ length: 24 }, (_, i) => stores[i % 3]!.claimNext({ worker: newWorker(), limits })),
    );
    const got = claims.filter((run) => run !== undefined);
    expect(got).toHaveLength(7);
    expect(new Set(got.map(({ id }) => id)).size).toBe(7);
    for (const user of new Set(got.map((run) => run.user)))
      expect(got.filter((run) => run.user === user).length).toBeLessThanOrEqual(2);
    expect(await stores[0]!.live()).toHaveLength(7);
    for (const store of stores) await store.close();
  });

  it('keeps the numbers of events whole while several write and one reads', async () => {
    const databaseUrl = await newDatabase();
    const [writer, mover, reader] = [
      await openRunStore({ databaseUrl }),
      await openRunStore({ databaseUrl }),
      await openRunStore({ databaseUrl }),
    ];
    const worker = await claimed(writer);
    const { id } = worker.run;
    const seen: number[] = [];
    let writing = true;
    const reading = (async () => {
      for (;;) {
        const last = !writing;
        const events = await reader.events(id, seen.at(-1) ?? 0, 50);
        seen.push(...events.map(({ sequence }) => sequence));
        if (last && events.length === 0) return;
      }
    })();
    const moving = (async () => {
      await mover.move(id, 'admitted', 'starting', 'x');
      await mover.move(id, 'starting', 'running', 'x');
      for (let i = 0; i < 20; i += 1) {
        await mover.move(id, 'running', 'checkpointing', 'x');
        await mover.move(id, 'checkpointing', 'running', 'x');
      }
    })();
    for (let i = 0; i < 50; i += 1)
      await reported(writer, worker, [point(2 * i, { loss: i }), point(2 * i + 1, { loss: i })]);
    await moving;
    writing = false;
    await reading;
    expect(seen).toEqual(Array.from({ length: 2 + 2 + 40 + 100 }, (_, i) => i + 1));
    expect(await writer.claimNext({ worker: newWorker(), limits: manyRuns })).toBeUndefined();
    for (const store of [writer, mover, reader]) await store.close();
  });
});
