import { describeDevice } from '../model/manifest-of-training.js';
import { markdownTable } from '../report/markdown-table.js';
import type { FirstExperimentResult } from './result.js';
import { summaryTables, type TextTable } from './summary-tables.js';

/** The report as a page: what was done, the tables, the pictures. */
export function reportMarkdown(result: FirstExperimentResult): string {
  const [training, modules, subtasks, sweep, repair] = summaryTables(result).map(section);
  return [
    '# The first experiment',
    introduction(result),
    training,
    picture('Learning curves of both trainings', 'learning-curves.svg'),
    modules,
    picture('Sizes of the modules', 'module-sizes.svg'),
    picture('Overlap of the modules of the modular network', 'overlap-modular.svg'),
    picture('Overlap of the modules of the standard network', 'overlap-standard.svg'),
    subtasks,
    picture('Accuracy by size of the sub-task', 'subtasks.svg'),
    sweep,
    repair,
    '',
  ].join('\n\n');
}

function introduction({ plan, device, split, seconds }: FirstExperimentResult): string {
  const { modular, weak } = plan;
  return [
    `The network \`${modular.arch}\` was trained twice on \`${modular.dataset}\` with seed ${modular.seed}: once on cross-entropy alone, ` +
      `once with the loss terms of MODA (alpha ${modular.alpha}, beta ${modular.beta}, gamma ${modular.gamma}). Both were cut at ` +
      `tau ${plan.tau}. ${split}`,
    `The weak model is a \`${weak.arch}\` trained for ${weak.epochs} epochs on ${weak.trainLimit ?? 'all'} images of the classes ` +
      `${(weak.classes ?? []).join(', ')}.`,
    `Measured on: ${describeDevice(device)}; ${Math.round(seconds)} s for what was run this time. Accuracies are of test images ` +
      'that no network was trained on; shares are of the whole network. All numbers are in `report.json`.',
  ].join('\n\n');
}

function section({ title, headers, rows }: TextTable): string {
  return `## ${title}\n\n${markdownTable(headers, rows)}`;
}

function picture(alternative: string, file: string): string {
  return `![${alternative}](${file})`;
}
