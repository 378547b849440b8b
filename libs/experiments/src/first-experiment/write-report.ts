import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '@moda/module-format';
import { writeAtomically } from '../files/write-atomically.js';
import { accuracyBySubtaskSize } from '../report/accuracy-by-subtask-size.js';
import { learningCurves } from '../report/learning-curves.js';
import { moduleSizes } from '../report/module-sizes.js';
import { overlapMap } from '../report/overlap-map.js';
import { reportMarkdown } from './report-markdown.js';
import type { FirstExperimentResult } from './result.js';

/** Where the parts of a report are that are read again. */
export interface ReportNames {
  readonly json: string;
  readonly markdown: string;
}

export function reportNames(folder: string): ReportNames {
  return { json: join(folder, 'report.json'), markdown: join(folder, 'report.md') };
}

/** Writes `report.json`, `report.md` and the pictures of it; returns the paths of the first two. */
export async function writeReport(folder: string, result: FirstExperimentResult): Promise<ReportNames> {
  await mkdir(folder, { recursive: true });
  for (const [name, svg] of Object.entries(picturesOf(result)))
    await writeAtomically(join(folder, name), svg);
  const { json, markdown } = reportNames(folder);
  await writeAtomically(json, canonicalJson(result));
  await writeAtomically(markdown, reportMarkdown(result));
  return { json, markdown };
}

/** The pictures of a report by file name. */
export function picturesOf(result: FirstExperimentResult): Record<string, string> {
  const { modules, standard, modular, subtasks, classes } = result;
  const shares = (of: typeof modules.modular): number[] => of.modules.map(({ share }) => share);
  return {
    'learning-curves.svg': learningCurves({
      runs: [
        { label: 'standard', epochs: standard.history },
        { label: 'modular', epochs: modular.history },
      ],
    }),
    'module-sizes.svg': moduleSizes({
      labels: classes,
      series: [
        { label: 'modular network', shares: shares(modules.modular) },
        { label: 'standard network', shares: shares(modules.standard) },
      ],
    }),
    'overlap-modular.svg': overlapMap({
      labels: classes,
      overlap: modules.modular.overlap,
      title: 'What the modules of the modular network share',
    }),
    'overlap-standard.svg': overlapMap({
      labels: classes,
      overlap: modules.standard.overlap,
      title: 'What the modules of the standard network share',
    }),
    'subtasks.svg': accuracyBySubtaskSize({
      series: [
        {
          label: 'composed modules',
          points: subtasks.map(({ size, accuracy }) => ({ size, accuracy })),
        },
        {
          label: 'whole standard network, same classes',
          points: subtasks.map(({ size, standardAccuracy }) => ({ size, accuracy: standardAccuracy })),
        },
      ],
    }),
  };
}
