import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstExperimentPlan } from './plan.js';
import { digestOfPlan, readPlan } from './read-plan.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-plan-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(text: string): Promise<string> {
  const file = join(folder, 'plan.json');
  await writeFile(file, text);
  return file;
}

describe('a plan in a file', () => {
  it('is the usual one where it says nothing', async () => {
    expect(await readPlan(await written('{}'))).toEqual(firstExperimentPlan);
  });

  it('replaces what it names, a training with its defaults', async () => {
    const plan = await readPlan(
      await written('{ "standard": { "arch": "lenet5", "dataset": "digits", "epochs": 1 }, "tau": 0.5 }'),
    );
    expect(plan.standard).toMatchObject({ arch: 'lenet5', epochs: 1, batchSize: 128, resume: false });
    expect(plan.tau).toBe(0.5);
    expect(plan.weak).toEqual(firstExperimentPlan.weak);
  });

  it.each([
    ['{', 'cannot be read as JSON'],
    ['[]', 'one JSON object'],
    ['{ "tua": 1 }', 'unknown field "tua"'],
    ['{ "tau": 2 }', 'tau of the plan'],
    ['{ "tauSweep": [] }', 'tauSweep of the plan'],
    ['{ "repairEpochs": 0.5 }', 'repairEpochs of the plan'],
    ['{ "repairedClass": 3 }', 'repairedClass of the plan'],
    ['{ "weak": { "arch": "lenet5", "dataset": "digits", "epochs": -1 } }', 'epochs'],
  ])('%s is refused in one sentence', async (text, fact) => {
    await expect(readPlan(await written(text))).rejects.toMatchObject({
      code: 'SPEC_INVALID',
      message: expect.stringContaining(fact) as string,
    });
  });
});

describe('the digest of a plan', () => {
  it('is that of its content, whatever the order of its fields', () => {
    const turned = Object.fromEntries(Object.entries(firstExperimentPlan).reverse());
    expect(digestOfPlan(turned as unknown as typeof firstExperimentPlan)).toBe(
      digestOfPlan(firstExperimentPlan),
    );
    expect(digestOfPlan({ ...firstExperimentPlan, tau: 0.5 })).not.toBe(digestOfPlan(firstExperimentPlan));
  });
});
