import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTrainSpec, type TrainSpec } from '@moda/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Estimator, type EstimatorOptions, openEstimator } from './estimator.js';

let folder: string;
let estimator: Estimator | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-estimate-'));
});
afterEach(async () => {
  estimator?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A program that notes when it begins and ends, and answers by the seed of the spec. */
async function open(options: EstimatorOptions = {}): Promise<Estimator> {
  const program = join(folder, 'program.mjs');
  await writeFile(
    program,
    `import { appendFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
const note = (what) => appendFileSync(${JSON.stringify(join(folder, 'notes'))}, what + '\\n');
process.on('disconnect', () => process.exit(1));
const spec = JSON.parse(await text(process.stdin));
note('begin ' + process.pid);
if (spec.seed === 13) await new Promise((resolve) => setTimeout(resolve, 60_000));
await new Promise((resolve) => setTimeout(resolve, 50));
note('end');
const problem = { kind: 'problem', code: 'DATASET_MISSING', message: 'No data.', details: { path: 'x' } };
const estimate = { kind: 'estimate', seconds: spec.epochs, steps: 7, peakBytes: 1e9, device: 'a fake' };
if (spec.seed === 14) process.exit(1);
console.log(JSON.stringify(spec.seed === 15 ? problem : estimate));
process.exit();
`,
  );
  return (estimator = openEstimator({ program, ...options }));
}
const spec = (changes: Partial<TrainSpec> = {}) => parseTrainSpec({ arch: 'lenet5', ...changes });
const notes = async () => (await readFile(join(folder, 'notes'), 'utf8')).trim().split('\n');
const kinds = async () => (await notes()).map((note) => note.split(' ')[0]);

describe('an estimate', () => {
  it('is measured by a process, once for each spec', async () => {
    const { estimate } = await open();
    const answers = await Promise.all([estimate(spec({ epochs: 4 })), estimate(spec({ epochs: 4 }))]);
    expect(answers).toEqual(Array(2).fill({ seconds: 4, steps: 7, peakBytes: 1e9, device: 'a fake' }));
    expect(await estimate(spec({ epochs: 5 }))).toMatchObject({ seconds: 5 });
    expect(await kinds()).toEqual(['begin', 'end', 'begin', 'end']);
  });

  it('is made one at a time, and refused where too many wait', async () => {
    const { estimate } = await open({ maxWaiting: 3 });
    const answers = await Promise.all([1, 2, 3, 4].map((epochs) => estimate(spec({ epochs }))));
    expect(answers[3]).toMatchObject({
      code: 'ESTIMATE_FAILED',
      message: '3 estimates wait for their turn already; ask again when they are done.',
    });
    expect(await kinds()).toEqual(Array(3).fill(['begin', 'end']).flat());
  });

  it('is a problem where the run would have one, and is asked again the next time', async () => {
    const { estimate } = await open();
    for (let i = 0; i < 2; i += 1)
      expect(await estimate(spec({ seed: 15 }))).toEqual({
        kind: 'problem',
        code: 'DATASET_MISSING',
        message: 'No data.',
        details: { path: 'x' },
      });
    expect(await kinds()).toEqual(['begin', 'end', 'begin', 'end']);
  });

  it.each([
    ['its process takes too long', 13],
    ['its process breaks off', 14],
  ])('is a problem where %s, and nothing is left of it', async (_what, seed) => {
    const { estimate } = await open({ limitMs: 1500 });
    expect(await estimate(spec({ seed }))).toMatchObject({ code: 'ESTIMATE_FAILED' });
    const pid = Number((await notes())[0]?.split(' ')[1]);
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), 5000);
  });

  it('is ended with the service', async () => {
    const opened = await open();
    const answer = opened.estimate(spec({ seed: 13 }));
    await vi.waitFor(notes, 5000);
    opened.close();
    expect(await answer).toMatchObject({ code: 'SERVICE_STOPPING' });
    expect(await kinds()).toEqual(['begin']);
  });
});
