import { ModaError } from '@moda/contracts';
import { defineCommand } from '../command.js';
import { requiredText } from '../options/kinds.js';
import { dataDir } from '../options/shared.js';

export const dataFetch = defineCommand({
  path: ['data', 'fetch'],
  summary: 'get the official files of a data set (not available yet)',
  options: {
    dataset: requiredText({ describe: 'mnist, cifar10 or cifar100', placeholder: 'data set' }, 'positional'),
    dataDir,
  },
  run: async ({ dataset }): Promise<never> => {
    throw new ModaError(
      'NOT_AVAILABLE_YET',
      `moda data fetch comes with a later release; place the official files of ${dataset} in a folder and name it with --data-dir.`,
      { dataset },
    );
  },
  show: () => '',
});
