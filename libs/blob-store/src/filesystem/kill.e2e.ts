import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openFilesystemBlobStore } from './filesystem-blob-store.js';
import { allBlobs } from '../page.js';
import { readBlob } from '../read-blob.js';

// Processes run what was built.
const program = (name: string) => join(import.meta.dirname, '..', '..', 'dist', 'filesystem', `${name}.js`);

let folder: string;
beforeAll(async () => {
  expect(existsSync(program('put-until-killed')), 'built by tsc -b').toBe(true);
  folder = await mkdtemp(join(tmpdir(), 'moda-blobs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A process that puts, and the digests that it said are stored. */
function startPutting(name: string): { child: ChildProcess; acknowledged: () => string[] } {
  const child = spawn(process.execPath, [program('put-until-killed'), folder, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  // What stands behind the last line end was cut off.
  return { child, acknowledged: () => output.split('\n').slice(0, -1) };
}

it('a kill at any moment loses no acknowledged blob, shows no half one, and leaves only what a sweep removes', async () => {
  let leftovers = 0;
  let blobs = 0;
  for (let round = 0; round < 10; round += 1) {
    // Two processes put the same blobs.
    const putting = [startPutting(`round ${round}`), startPutting(`round ${round}`)];
    while (putting.some(({ acknowledged }) => acknowledged().length === 0)) await sleep(5);
    await sleep(Math.random() * 150);
    for (const { child } of putting) {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    }

    const store = await openFilesystemBlobStore({ folder });
    for (const digest of putting.flatMap(({ acknowledged }) => acknowledged()))
      expect((await store.stat(digest)) !== undefined, `${digest} in round ${round}`).toBe(true);
    for await (const { digest } of allBlobs(store)) {
      // Throws where a byte is wrong or missing.
      await readBlob(store, digest);
      blobs += 1;
    }
    const temporaries = await readdir(join(folder, 'temporary'));
    expect(temporaries.length).toBeLessThanOrEqual(putting.length);
    expect(await store.sweepTemporaries(0)).toBe(temporaries.length);
    leftovers += temporaries.length;
    expect(await readdir(join(folder, 'temporary'))).toEqual([]);
  }
  expect(blobs).toBeGreaterThan(10);
  // Otherwise no kill ever met a put.
  expect(leftovers).toBeGreaterThan(0);
});

it.skipIf(process.platform === 'win32')(
  'a full disk ends a put with a sentence and leaves nothing',
  async () => {
    const small = await mkdtemp(join(tmpdir(), 'moda-blobs-'));
    try {
      // A limit on the size of files (in blocks of 512 or 1024 bytes) is the full disk that anybody can make.
      const script = `ulimit -f 100; exec "$0" "$1" "$2" full`;
      const args = ['-c', script, process.execPath, program('put-until-killed'), small];
      const said = await new Promise<string>((resolve) => {
        execFile('/bin/sh', args, (_error, _stdout, stderr) => resolve(stderr));
      });
      expect(said).toContain(`There is no space left for another blob in ${small} (EFBIG)`);
      expect(await readdir(join(small, 'temporary'))).toEqual([]);
      const store = await openFilesystemBlobStore({ folder: small });
      for await (const { digest } of allBlobs(store)) await readBlob(store, digest);
    } finally {
      await rm(small, { recursive: true });
    }
  },
);
