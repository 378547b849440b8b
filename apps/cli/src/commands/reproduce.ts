import { ModaError } from '@moda/contracts';
import { defineCommand } from '../command.js';
import { choice, requiredText } from '../options/kinds.js';

export const reproduce = defineCommand({
  path: ['reproduce'],
  summary: "the paper's tables beside measured ones (not available yet)",
  hidden: true,
  options: {
    question: requiredText(
      { describe: 'rq1, rq2, rq3 or rq4', placeholder: 'research question' },
      'positional',
    ),
    profile: choice(['smoke', 'paper'], 'smoke', { describe: 'a quick look, or all of it' }),
  },
  run: async (): Promise<never> => {
    throw new ModaError(
      'NOT_AVAILABLE_YET',
      'moda reproduce comes with a later release; moda train, decompose, sweep and replace are its steps.',
    );
  },
  show: () => '',
});
