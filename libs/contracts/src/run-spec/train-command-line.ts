import { option, quotedForShell } from './command-words.js';
import { trainDefaults } from './train-defaults.js';
import type { TrainSpec } from './train-spec.js';

/**
 * Arguments after `moda` that ask for exactly this run: what differs from the defaults, in the order of the spec's fields. Texts
 * that stand in quotes of their own are the exception: the command line takes the quotes off.
 *
 * @param out folder for the model
 */
export function trainArguments(spec: TrainSpec, out?: string): readonly string[] {
  const given = Object.entries(spec).flatMap(([key, value]) => argumentsOf(key, value));
  return ['train', ...given, ...(out === undefined ? [] : option('out', out))];
}

/** The same as one line that can be pasted into a POSIX shell. */
export function trainCommandLine(spec: TrainSpec, out?: string): string {
  return ['moda', ...trainArguments(spec, out)].map(quotedForShell).join(' ');
}

function argumentsOf(key: string, value: TrainSpec[keyof TrainSpec]): readonly string[] {
  const usual = (trainDefaults as Readonly<Record<string, unknown>>)[key];
  if (value === undefined || value === usual) return [];
  const flag = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  // The switches of the spec are on unless they are turned off.
  if (typeof value === 'boolean') return [`--no-${flag}`];
  return option(flag, typeof value === 'object' ? value.join(',') : String(value));
}
