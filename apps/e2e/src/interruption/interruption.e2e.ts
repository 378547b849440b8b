import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launcher, runModa } from '../run-moda.js';

const recipe = ['--arch', 'lenet5', '--epochs', '12', '--batch-size', '16', '--train-limit', '640'];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-e2e-'));
  const { exitCode } = await runModa(['train', ...recipe, '--out', join(folder, 'undisturbed')]);
  expect(exitCode).toBe(0);
});
afterAll(() => rm(folder, { recursive: true }));

/** Starts a training run and sends it a signal when its checkpoint of the second epoch is there. */
async function interrupt(out: string, signal: NodeJS.Signals): Promise<number | null> {
  const child = spawn(process.execPath, [launcher, 'train', ...recipe, '--out', out, '--resume'], {
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const timer = setInterval(() => {
    void readdir(out).then(
      (names) => {
        // Once: a second signal would end the process at once.
        if (!names.includes('checkpoint.previous.safetensors') || child.killed) return;
        child.kill(signal);
      },
      () => undefined,
    );
  }, 20);
  const code = await ended;
  clearInterval(timer);
  return code;
}

async function resumeAndCompare(out: string): Promise<void> {
  const { exitCode, standardError } = await runModa(['train', ...recipe, '--out', out, '--resume']);
  expect(exitCode, standardError).toBe(0);
  const weights = (name: string): Promise<Buffer> => readFile(join(name, 'weights.safetensors'));
  expect((await weights(out)).equals(await weights(join(folder, 'undisturbed')))).toBe(true);
  expect((await readdir(out)).filter((name) => name.includes('checkpoint'))).toEqual([]);
}

describe('a training run that is interrupted', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s ends with 130 and a checkpoint, and resumes exactly',
    async (signal) => {
      const out = join(folder, signal);
      expect(await interrupt(out, signal)).toBe(130);
      expect(await readdir(out)).not.toContain('module.json');
      await resumeAndCompare(out);
    },
  );

  it('by kill -9 loses at most the work since the last checkpoint, and resumes exactly', async () => {
    const out = join(folder, 'killed');
    expect(await interrupt(out, 'SIGKILL')).toBeNull();
    expect(await readdir(out)).not.toContain('module.json');
    await resumeAndCompare(out);
  });
});
