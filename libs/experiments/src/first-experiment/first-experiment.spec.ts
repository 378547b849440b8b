import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { quietContext, temporaryFolder } from '../testing/quiet-context.js';
import { runFirstExperiment } from './first-experiment.js';
import { firstExperimentPlan, type FirstExperimentPlan } from './plan.js';
import { readReport } from './read-report.js';
import type { FirstExperimentResult } from './result.js';
import { summaryTables } from './summary-tables.js';
import { writeReport } from './write-report.js';

const quick = { arch: 'lenet5', epochs: 1, trainLimit: 320, batchSize: 32 };
/** The same experiment, small enough for a specification: its stages, not its figures. */
const plan: FirstExperimentPlan = {
  ...firstExperimentPlan,
  standard: { ...firstExperimentPlan.standard, ...quick },
  modular: { ...firstExperimentPlan.modular, ...quick },
  weak: { ...firstExperimentPlan.weak, epochs: 1, trainLimit: 120 },
  tauSweep: [0.5],
  subtasksPerSize: 1,
};

let folder: string;
let result: FirstExperimentResult;
beforeAll(async () => {
  folder = await temporaryFolder();
  result = await runFirstExperiment(folder, quietContext(), plan);
});

describe('the first experiment', () => {
  it('keeps every model and module that it makes', async () => {
    const names = await readdir(folder);
    for (const name of ['standard', 'modular', 'weak', 'modules', 'standard-modules', 'repaired-moda']) {
      expect(names).toContain(name);
    }
    expect(await readdir(join(folder, 'modules'))).toHaveLength(10);
  });

  it('measures ten modules of both networks, sub-tasks of every size and both repairs', () => {
    expect(result.modules.modular.modules).toHaveLength(10);
    expect(result.modules.standard.modules).toHaveLength(10);
    expect(result.subtasks.map(({ size }) => size)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(result.repair.map(({ strategy, name }) => [strategy, name])).toEqual([
      ['moda', '3'],
      ['cnnsplitter', '3'],
    ]);
  });

  it('writes a report whose pictures are there and whose numbers are those of the result', async () => {
    const { json, markdown } = await writeReport(join(folder, 'report'), result);
    const kept = JSON.parse(await readFile(json, 'utf8')) as FirstExperimentResult;
    expect(kept.modular.accuracy).toBe(result.modular.accuracy);
    const page = await readFile(markdown, 'utf8');
    const files = await readdir(join(folder, 'report'));
    const pictures = [...page.matchAll(/\]\(([^)]+\.svg)\)/g)].map(([, file]) => file);
    expect(pictures).toHaveLength(5);
    for (const picture of pictures) expect(files).toContain(picture);
    for (const { title } of summaryTables(result)) expect(page).toContain(`## ${title}`);
  });

  it('tells a whole report of the same plan again, and no other', async () => {
    expect((await readReport(folder, plan))?.result).toEqual(result);
    expect(await readReport(folder, { ...plan, tau: 0.5 })).toBeUndefined();
    const manifest = join(folder, 'weak', 'module.json');
    const { atime, mtime } = await stat(manifest);
    await utimes(manifest, atime, new Date(Date.now() + 60_000));
    expect(await readReport(folder, plan), 'a model is newer').toBeUndefined();
    await utimes(manifest, atime, mtime);
    await rm(join(folder, 'repaired-moda'), { recursive: true });
    expect(await readReport(folder, plan), 'a model is gone').toBeUndefined();
  });

  it('does nothing twice: a second run trains no network and comes to the same figures', async () => {
    const context = quietContext();
    const again = await runFirstExperiment(folder, context, plan);
    const trained = context.events.filter(
      (event) => event.type === 'task' && event.label.startsWith('Training'),
    );
    expect(trained).toEqual([]);
    expect({ ...again, seconds: 0 }).toEqual({ ...result, seconds: 0 });
  });
});
