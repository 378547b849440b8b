import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ModaError } from '@moda/contracts';
import type { Logger } from '@moda/service-kit';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { RunArchive } from '../run-archive.js';
import { type MemoryArchive, openMemoryArchive } from '../testing/memory-archive.js';
import { type Mirror, openMirror } from './mirror.js';

let memory: MemoryArchive;
let runsFolder: string;
let id: string;
/** What the archive does in place of its work. */
let fault: (() => Promise<void>) | undefined;
const warnings: string[] = [];
let open: Mirror[] = [];

beforeAll(async () => {
  memory = await openMemoryArchive();
});
beforeEach(async () => {
  runsFolder = await mkdtemp(join(tmpdir(), 'moda-mirrors-'));
  fault = undefined;
  warnings.splice(0);
  id = await memory.newRun();
  await mkdir(join(runsFolder, id));
});
afterEach(async () => {
  fault = undefined;
  for (const mirror of open) await mirror.close();
  open = [];
  await rm(runsFolder, { recursive: true });
});
afterAll(() => memory.close());

function start(patienceMs = 5000): Mirror {
  const archive: RunArchive = {
    ...memory.archive,
    async append(...words) {
      await fault?.();
      return memory.archive.append(...words);
    },
  };
  const logger = { warn: (_what: unknown, text: string) => warnings.push(text) } as unknown as Logger;
  const mirror = openMirror({ archive, runsFolder, logger, everyMs: 10, retryMs: 20, patienceMs });
  open.push(mirror);
  return mirror;
}
const log = (text: string, run = id) => appendFile(join(runsFolder, run, 'worker.log'), text);
const archived = async (run = id) => memory.archive.file(run, 'worker.log');
const unreachable = async () => {
  throw new ModaError('BLOB_STORE_UNREACHABLE', 'It does not answer.');
};

it('a run is copied while it lives, and no longer when its worker is gone', async () => {
  const mirror = start();
  await log('one');
  mirror.begin(id);
  await vi.waitFor(
    async () => expect(await archived()).toMatchObject({ sizeBytes: 3, digest: undefined }),
    10_000,
  );
  await log(' two');
  await vi.waitFor(async () => expect((await archived())?.sizeBytes).toBe(7), 10_000);
  await log(' end');
  await mirror.end(id);
  expect(await archived()).toMatchObject({ sizeBytes: 11, digest: expect.any(String) as string });
  await log(' nobody hears it');
  await sleep(100);
  expect((await archived())?.sizeBytes).toBe(11);
});

it('a store that is away is complained of once, and caught up with when it is back', async () => {
  const mirror = start();
  fault = unreachable;
  mirror.begin(id);
  await log('one');
  const other = await memory.newRun();
  await mkdir(join(runsFolder, other));
  await log('other', other);
  mirror.begin(other);
  await sleep(100);
  await mirror.end(other);
  expect(warnings).toHaveLength(1);
  fault = undefined;
  await vi.waitFor(async () => expect((await archived())?.sizeBytes).toBe(3), 10_000);
  await vi.waitFor(async () => expect((await archived(other))?.digest).toBeDefined(), 10_000);
});

it('a store that never answers holds up the end of a run a little and not for good', async () => {
  const mirror = start(50);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  fault = () => held;
  mirror.begin(id);
  await log('one');
  await mirror.end(id);
  expect(await archived()).toBeUndefined();
  fault = undefined;
  release();
  await vi.waitFor(async () => expect((await archived())?.digest).toBeDefined(), 10_000);
});

it('a run that gets another worker while the last copies are made is copied on', async () => {
  const mirror = start();
  mirror.begin(id);
  await log('first');
  const ended = mirror.end(id);
  mirror.begin(id);
  await ended;
  await log(' second');
  await vi.waitFor(async () => expect((await archived())?.sizeBytes).toBe(12), 10_000);
});

it('what an earlier service left uncopied is caught up with, and other folders are let alone', async () => {
  await log('left behind');
  const strange = join(runsFolder, '00000000-0000-4000-8000-000000000000');
  await mkdir(strange);
  await writeFile(join(strange, 'worker.log'), 'of another database');
  start().catchUp();
  await vi.waitFor(async () => expect((await archived())?.digest).toBeDefined(), 10_000);
  expect(warnings).toEqual([]);
});
