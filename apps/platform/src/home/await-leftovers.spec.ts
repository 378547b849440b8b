import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { processStart } from '@moda/service-kit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { recordOfProcesses } from '../services/started-processes.js';
import { temporaryFolder } from '../testing/fake-programs.js';
import { awaitLeftovers } from './await-leftovers.js';

async function sleeper(): Promise<ChildProcess & { readonly pid: number }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  return child as ChildProcess & { readonly pid: number };
}

async function wait(record: unknown, patienceMs?: number): Promise<string[]> {
  const stateFolder = await temporaryFolder();
  const said: string[] = [];
  await mkdir(stateFolder, { recursive: true });
  await writeFile(recordOfProcesses(stateFolder), JSON.stringify(record));
  await awaitLeftovers({
    stateFolder,
    say: (sentence) => said.push(sentence),
    signal: new AbortController().signal,
    ...(patienceMs !== undefined && { patienceMs }),
  });
  return said;
}

const waiting = 'Waiting for the services of an earlier start to end …';

describe.skipIf(process.platform !== 'linux')('what an earlier platform has left running', () => {
  it('is waited for', async () => {
    const child = await sleeper();
    const mark = { pid: child.pid, start: await processStart(child.pid) };
    setTimeout(() => child.kill(), 300);
    expect(await wait([mark])).toEqual([waiting]);
    expect(child.signalCode).toBe('SIGTERM');
  });

  it('is ended where it does not end by itself', async () => {
    const child = await sleeper();
    await wait([{ pid: child.pid, start: await processStart(child.pid) }], 0);
    await expect.poll(() => child.signalCode).toBe('SIGKILL');
  });

  it('is not a process that was given its number later', async () => {
    const child = await sleeper();
    expect(await wait([{ pid: child.pid, start: '1' }], 0)).toEqual([]);
    expect(await wait([{ pid: child.pid, start: 'unknown' }], 0)).toEqual([]);
    expect(child.exitCode ?? child.signalCode).toBeNull();
  });

  it.each([[[]], [{ pid: 1 }], ['none'], [[{ pid: -1, start: 'x' }]]])('is nothing by %j', async (record) => {
    expect(await wait(record)).toEqual([]);
  });
});
