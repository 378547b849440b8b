import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTrainSpec } from '@moda/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobProgram, printJob } from './print-job.js';

const order = { name: 'night', claim: 'models', priority: 0, spec: parseTrainSpec({ arch: 'lenet5' }) };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-print-job-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function program(name: string, lines: string): Promise<string> {
  const path = join(folder, `${name}.mjs`);
  await writeFile(path, lines);
  return path;
}

describe('the program that makes a Job of a training', () => {
  it('is where the training service has it', () => expect(existsSync(jobProgram)).toBe(true));

  it('gets the whole order, and what it prints is the Job', async () => {
    const path = await program(
      'echo',
      `import { text } from 'node:stream/consumers';
       const { name, spec } = JSON.parse(await text(process.stdin));
       console.log(JSON.stringify({ kind: 'printed', yaml: name + ' ' + spec.arch + '\\n' }));`,
    );
    expect(await printJob(order, path)).toBe('night lenet5\n');
  });

  it('may refuse it, with the sentence and the code for scripts', async () => {
    const refused = { kind: 'refused', code: 'USAGE', message: '--name "A" is none; give another.' };
    const path = await program('no', `console.log(${JSON.stringify(JSON.stringify(refused))})`);
    await expect(printJob(order, path)).rejects.toMatchObject({ code: 'USAGE', message: refused.message });
  });

  it('that fails is an outage', async () => {
    const path = await program('broken', 'process.exit(1)');
    await expect(printJob(order, path)).rejects.toThrow('broken.mjs ended with 1.');
  });
});
