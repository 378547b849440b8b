import {
  flag,
  numberOr,
  optional,
  optionalInteger,
  optionalList,
  optionalText,
  requiredText,
  usage,
} from './kinds.js';
import type { Option } from './option.js';

/** Options that several commands have, said once. */

export const model = requiredText({ describe: 'folder of the model', placeholder: 'model folder' });

export const out = requiredText({
  describe: 'folder for the result, created; nothing in it is overwritten',
  placeholder: 'folder',
});

export const dataDir = optionalText({
  describe: 'folder with the official files of the data set (digits needs none)',
  placeholder: 'folder',
});

export const datasetOfModel = optionalText({
  describe: 'data set: digits, mnist, cifar10 or cifar100; the one the model was trained on when left out',
  placeholder: 'data set',
});

export const datasetNames = 'digits, mnist, cifar10 or cifar100';

export const classes = optionalList({
  describe: 'only these classes, by number or name: 0,3,5',
  placeholder: 'classes',
  aliases: ['target-classes'],
});

export const tau = numberOr(
  0.9,
  { min: 0, max: 1, aboveMin: true },
  {
    describe: 'a module keeps the units that are active for at least this share of its class',
    aliases: ['activation-rate-threshold'],
  },
);

export const alpha = numberOr(
  1,
  { min: 0 },
  { describe: 'weight of the affinity loss', aliases: ['wf-affinity'] },
);
export const beta = numberOr(
  1,
  { min: 0 },
  { describe: 'weight of the dispersion loss', aliases: ['wf-dispersion'] },
);
export const gamma = numberOr(
  0.3,
  { min: 0 },
  { describe: 'weight of the compactness loss', aliases: ['wf-compactness'] },
);

export const trainLimit = optionalInteger({ min: 1 }, { describe: 'only the first so many training images' });

/** Other programs for this method take it; here images are read into memory once. */
export const dataloaderNumWorkers = optionalInteger(
  { min: 0 },
  { describe: 'accepted for scripts that pass it, without effect' },
);

export const json = flag({ describe: 'print the result as one JSON document on standard output' });

export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export function imageSize(describe: string): Option<ImageSize | undefined> {
  return optional(
    { describe: `${describe} (HEIGHTxWIDTHxCHANNELS)`, placeholder: 'size such as 32x32x3' },
    (value, name) => {
      const [, height, width, channels] = (/^(\d{1,5})x(\d{1,5})x(\d{1,4})$/.exec(value) ?? []).map(Number);
      if (!height || !width || !channels)
        throw usage(`${name} has to be a size such as 32x32x3, not "${value}"`);
      return { height, width, channels };
    },
  );
}
