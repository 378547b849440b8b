import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCatalogue } from './open-catalogue.js';
import { allItems } from './testing/contract/under-test.js';

// Processes run what was built.
const program = join(
  import.meta.dirname,
  '..',
  '..',
  'dist',
  'catalogue',
  'testing',
  'publish-until-killed.js',
);

let parent: string;
beforeAll(async () => {
  expect(existsSync(program), 'built by tsc -b').toBe(true);
  parent = await mkdtemp(join(tmpdir(), 'moda-kill-'));
});
afterAll(() => rm(parent, { recursive: true, force: true }));

/** A process that publishes, and the versions that it said are released. */
function startPublishing(folder: string, owner: string) {
  const child = spawn(process.execPath, [program, folder, owner], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  // What stands behind the last line end was cut off.
  return { child, acknowledged: () => output.split('\n').slice(0, -1), errors: () => errors };
}

async function kill(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

it('a kill while the database is made leaves a folder that opens', async () => {
  const folder = join(parent, 'young');
  let unfinished = 0;
  for (const delayMs of [600, 1200, 2000, 3000]) {
    const { child } = startPublishing(folder, 'young');
    while (!existsSync(join(folder, 'initialising')) && !existsSync(join(folder, 'postgres'))) await sleep(5);
    await sleep(delayMs);
    await kill(child);
    if (existsSync(join(folder, 'initialising'))) unfinished += 1;
  }
  // Otherwise no kill ever met the making.
  expect(unfinished).toBeGreaterThan(0);
  const catalogue = await openCatalogue({ dataFolder: folder });
  await catalogue.ping();
  await catalogue.close();
  expect(await readdir(folder)).toEqual(['postgres']);
});

it('a kill at any moment loses no acknowledged version, shows no half one, and keeps nobody out', async () => {
  const folder = join(parent, 'database');
  const all: string[] = [];
  for (let round = 0; round < 8; round += 1) {
    const publishing = startPublishing(folder, `owner-${round}`);
    while (publishing.acknowledged().length === 0) {
      expect(publishing.child.exitCode, publishing.errors()).toBeNull();
      await sleep(5);
    }
    await sleep(Math.random() * 500);
    await expect(openCatalogue({ dataFolder: folder })).rejects.toMatchObject({
      code: 'DATABASE_LOCKED',
      details: { pid: publishing.child.pid },
    });
    await kill(publishing.child);
    all.push(...publishing.acknowledged());

    const catalogue = await openCatalogue({ dataFolder: folder });
    const found = await allItems((after) =>
      catalogue.searchVersions({ everyVersion: true }, 'newest', { first: 100, ...(after && { after }) }),
    );
    const ids = new Set(found.map(({ id }) => id));
    for (const id of all) expect(ids.has(id), `${id} in round ${round}`).toBe(true);
    // Whoever is released has its modules, its blobs are kept, and its model its newest version under `latest`.
    for (const { id, owner, model, digest } of found.filter((each) => each.owner === `owner-${round}`)) {
      expect(await catalogue.modulesOf(id)).toHaveLength(3);
      await catalogue.withUnreferenced([digest], async () => expect.fail(`${digest} is not kept`));
      const { items } = await catalogue.versionsOf({ owner, model }, { first: 1 });
      expect(await catalogue.version({ owner, model }, { kind: 'alias', alias: 'latest' })).toEqual(
        items[0]!.item,
      );
    }
    const newest = await allItems((after) =>
      catalogue.searchModules({}, 'newest', { first: 100, ...(after && { after }) }),
    );
    const names = await allItems((after) => catalogue.modelNames({ first: 100, ...(after && { after }) }));
    expect(newest).toHaveLength(3 * names.length);
    await catalogue.close();
  }
  expect(all.length).toBeGreaterThan(8);
});
