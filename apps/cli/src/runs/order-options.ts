import { flag, optionalInteger, optionalList, optionalText, requiredText, textOr } from '../options/kinds.js';

/** Options that several commands about runs have, said once. */

const largestPriority = 1000;

export const runId = requiredText(
  { describe: 'id of the run, a beginning of it, or latest', placeholder: 'run' },
  'positional',
);

export const experiment = textOr('default', {
  describe: 'name of the group of runs that it is compared with',
  placeholder: 'name',
});

export const name = optionalText({ describe: 'name of the run', placeholder: 'name' });

export const priority = optionalInteger(
  { min: -largestPriority, max: largestPriority },
  { describe: 'the higher, the sooner; 0 when left out' },
);

export const tag = optionalList({ describe: 'tags: night,vgg', placeholder: 'list of tags' });

export const key = optionalText({
  describe: 'the same command with the same key finds the run of the first one and submits nothing twice',
  placeholder: 'key',
});

export const watch = flag({
  describe: 'show how it gets on until it is over; Ctrl-C leaves it running',
});
