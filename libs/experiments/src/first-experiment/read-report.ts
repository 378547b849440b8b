import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '@moda/module-format';
import { manifestName } from '../model/model-folder.js';
import type { FirstExperimentPlan } from './plan.js';
import type { FirstExperimentResult } from './result.js';
import { type ReportNames, reportNames } from './write-report.js';

/**
 * What an earlier run of the same plan in a folder came to; undefined where there is no whole report of it, where one of the models is newer
 * than that, or where something is gone that it speaks of.
 */
export async function readReport(
  folder: string,
  plan: FirstExperimentPlan,
): Promise<{ readonly result: FirstExperimentResult; readonly report: ReportNames } | undefined> {
  const report = reportNames(join(folder, 'report'));
  try {
    // Written last.
    const { mtimeMs: writtenAt } = await stat(report.markdown);
    for (const name of ['standard', 'modular', 'weak'])
      if ((await stat(join(folder, name, manifestName))).mtimeMs > writtenAt) return undefined;
    for (const name of ['modules', 'standard-modules', 'repaired-moda', 'repaired-cnnsplitter'])
      await stat(join(folder, name));
    const result = JSON.parse(await readFile(report.json, 'utf8')) as FirstExperimentResult;
    return canonicalJson(result.plan) === canonicalJson(plan) ? { result, report } : undefined;
  } catch {
    // Whatever is wrong with it: the report is made anew.
    return undefined;
  }
}
