import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { podProgram, startPod } from './start-pod.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-start-pod-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function program(lines: string): Promise<string> {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.mjs`);
  await writeFile(path, lines);
  return path;
}

const never = new AbortController().signal;

describe('the program of a pod', () => {
  it('is where the training service has it', () => expect(existsSync(podProgram)).toBe(true));

  it('is told that it is one, and its exit code is passed on', async () => {
    const path = await program(`process.exit(process.argv[2] === '--pod' ? 75 : 1)`);
    expect(await startPod(never, path)).toBe(75);
  });

  it('that is killed is reported as a shell does', async () => {
    expect(await startPod(never, await program(`process.kill(process.pid, 'SIGKILL')`))).toBe(137);
  });

  it('gets the wish to stop, and ends in its own time', async () => {
    const stop = new AbortController();
    const ready = join(folder, 'ready');
    const path = await program(`
      import { writeFileSync } from 'node:fs';
      process.on('SIGTERM', () => setTimeout(() => process.exit(130), 20));
      process.on('message', () => undefined);
      writeFileSync(${JSON.stringify(ready)}, '');
    `);
    const code = startPod(stop.signal, path);
    while (!existsSync(ready)) await new Promise((resolve) => setTimeout(resolve, 10));
    stop.abort();
    expect(await code).toBe(130);
  });
});
