import { optional, optionalText, usage } from '../options/kinds.js';
import type { Option } from '../options/option.js';

/** A word without a flag that may be left out. */
export function optionalWord(text: { readonly describe: string }): Option<string | undefined> {
  return { ...optionalText(text), form: 'positional' };
}

/** A share that may be left out. */
export function optionalShare(text: {
  readonly describe: string;
  readonly aliases?: readonly string[];
}): Option<number | undefined> {
  return optional({ placeholder: 'a number', ...text }, (value, name) => {
    const share = value.trim() === '' ? NaN : Number(value);
    if (!(share >= 0 && share <= 1)) throw usage(`${name} has to be a number from 0 to 1, not "${value}"`);
    return share;
  });
}

export const registry = optionalText({
  describe: 'address of the registry; MODA_REGISTRY, or http://127.0.0.1:4002, when left out',
  placeholder: 'address',
});

export const tauOfModules = optionalShare({
  describe: "threshold of the modules (0 to 1); the version's own when left out",
  aliases: ['activation-rate-threshold'],
});
