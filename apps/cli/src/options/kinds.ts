import { ModaError } from '@moda/contracts';
import type { Option, RawValue } from './option.js';

interface Text {
  readonly describe: string;
  readonly placeholder?: string;
  readonly aliases?: readonly string[];
}

interface Range {
  readonly min?: number;
  readonly max?: number;
  /** The minimum itself is not allowed. */
  readonly aboveMin?: boolean;
}

type Form = 'value' | 'positional';

/** A text that has to be given: a path, a name. */
export function requiredText(text: Text, form: Form = 'value'): Option<string> {
  return option(text, form, { required: true }, nonEmpty(text));
}

/** A text that may be left out. */
export function optionalText(text: Text): Option<string | undefined> {
  return optional(text, nonEmpty(text));
}

export function textOr(fallback: string, text: Text): Option<string> {
  return option(text, 'value', { fallback }, nonEmpty(text));
}

/** One of a few words. */
export function choice<const C extends string>(choices: readonly C[], fallback: C, text: Text): Option<C> {
  return option(text, 'value', { fallback, choices }, oneOf(choices));
}

/** One of a few words, or none. */
export function optionalChoice<const C extends string>(
  choices: readonly C[],
  text: Text,
): Option<C | undefined> {
  return { ...optional(text, oneOf(choices)), choices };
}

/** One of a few words that has to be given. */
export function requiredChoice<const C extends string>(choices: readonly C[], text: Text): Option<C> {
  return option(text, 'value', { required: true, choices }, oneOf(choices));
}

export function integerOr<const N extends number>(fallback: N, range: Range, text: Text): Option<number> {
  return option(ranged(text, 'integer', range), 'value', { fallback }, (value, name) =>
    integer(value, name, range),
  );
}

export function optionalNumber(range: Range, text: Text): Option<number | undefined> {
  return optional(ranged(text, 'number', range), (value, name) => inRange(value, name, range, 'number'));
}

/** Several numbers, or none. */
export function optionalNumbers(range: Range, text: Text): Option<readonly number[] | undefined> {
  return {
    ...optionalList(ranged(text, 'numbers', range)),
    read: (raw, name) =>
      raw === undefined ? undefined : listed(raw, name).map((value) => inRange(value, name, range, 'number')),
  };
}

export function requiredInteger(range: Range, text: Text): Option<number> {
  return option(ranged(text, 'integer', range), 'value', { required: true }, (value, name) =>
    integer(value, name, range),
  );
}

export function optionalInteger(range: Range, text: Text): Option<number | undefined> {
  return optional(ranged(text, 'integer', range), (value, name) => integer(value, name, range));
}

export function numberOr(fallback: number, range: Range, text: Text): Option<number> {
  return option(ranged(text, 'number', range), 'value', { fallback }, (value, name) =>
    inRange(value, name, range, 'number'),
  );
}

/** A switch that is off unless given. */
export function flag(text: Text): Option<boolean> {
  return {
    aliases: text.aliases ?? [],
    describe: text.describe,
    form: 'switch',
    required: false,
    read: (raw) => raw === true,
  };
}

/** A switch that is on unless `--no-<name>` is given. */
export function flagOff(name: string, text: Text): Option<boolean> {
  return { ...flag(text), flag: `no-${name}`, read: (raw) => raw !== true };
}

/** Several values: separated by commas, by blanks, or by giving the option again. */
export function optionalList(text: Text): Option<readonly string[] | undefined> {
  return {
    ...option(text, 'value', {}, (value) => value),
    form: 'list',
    read: (raw, name) => (raw === undefined ? undefined : listed(raw, name)),
  };
}

export function requiredList(text: Text): Option<readonly string[]> {
  return { ...optionalList(text), required: true, read: listed };
}

/** Words without a flag: one, or as many as are given. */
export function requiredWords(text: Text): Option<readonly string[]> {
  return {
    ...requiredList(text),
    form: 'positionals',
    read: (raw, name) => {
      if (raw === undefined || (Array.isArray(raw) && raw.length === 0))
        throw usage(`${name} is missing; give it ${article(text.placeholder ?? 'a value')}`);
      return listed(raw, name);
    },
  };
}

export function requiredNumbers(range: Range, text: Text): Option<readonly number[]> {
  return {
    ...requiredList(ranged(text, 'numbers', range)),
    read: (raw, name) => listed(raw, name).map((value) => inRange(value, name, range, 'number')),
  };
}

/** Makes a reader of any text an option that may be left out. */
export function optional<T>(text: Text, parse: (value: string, name: string) => T): Option<T | undefined> {
  const base = option(text, 'value', {}, parse);
  return { ...base, read: (raw, name) => (raw === undefined ? undefined : base.read(raw, name)) };
}

export function usage(message: string): ModaError {
  return new ModaError('USAGE', `${message}.`);
}

function option<T>(
  { describe, placeholder, aliases = [] }: Text,
  form: Form,
  rest: { required?: boolean; fallback?: string | number; choices?: readonly string[] },
  parse: (value: string, name: string) => T,
): Option<T> {
  return {
    aliases,
    describe,
    ...(placeholder === undefined ? {} : { placeholder }),
    form,
    required: rest.required ?? false,
    ...(rest.fallback === undefined ? {} : { fallback: rest.fallback }),
    ...(rest.choices === undefined ? {} : { choices: rest.choices }),
    read: (raw, name) => {
      const given = raw ?? rest.fallback;
      if (given === undefined)
        throw usage(`${name} is missing; give it ${article(placeholder ?? 'a value')}`);
      return parse(single(given, name), name);
    },
  };
}

function oneOf<C extends string>(choices: readonly C[]) {
  return (value: string, name: string): C => {
    const chosen = choices.find((candidate) => candidate === value);
    if (chosen === undefined) throw usage(`${name} has to be one of ${choices.join(', ')}, not "${value}"`);
    return chosen;
  };
}

function nonEmpty(text: Text) {
  return (value: string, name: string): string => {
    if (value === '') throw usage(`${name} is empty; give it ${article(text.placeholder ?? 'a value')}`);
    return value;
  };
}

function single(raw: Exclude<RawValue, undefined>, name: string): string {
  if (Array.isArray(raw)) throw usage(`${name} is given ${raw.length} times; give it once`);
  if (typeof raw === 'boolean') throw usage(`${name} needs a value`);
  return String(raw as string | number);
}

function listed(raw: RawValue, name: string): readonly string[] {
  const parts = (Array.isArray(raw) ? raw : [raw]).flatMap((part: unknown) =>
    typeof part === 'string' || typeof part === 'number' ? String(part).split(',') : [],
  );
  const values = parts.map((part) => part.trim()).filter((part) => part !== '');
  if (values.length === 0) throw usage(`${name} needs at least one value`);
  return values;
}

function integer(value: string, name: string, range: Range): number {
  const parsed = inRange(value, name, range, 'whole number');
  if (!Number.isSafeInteger(parsed))
    throw usage(`${name} has to be ${spelled('whole number', range)}, not ${value}`);
  return parsed;
}

function inRange(value: string, name: string, range: Range, noun: string): number {
  const parsed = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : NaN;
  const { min = -Infinity, max = Infinity, aboveMin = false } = range;
  if (!Number.isFinite(parsed) || parsed < min || parsed > max || (aboveMin && parsed === min)) {
    throw usage(`${name} has to be ${spelled(noun, range)}, not ${value === '' ? 'empty' : value}`);
  }
  return parsed;
}

function spelled(noun: string, { min, max, aboveMin = false }: Range): string {
  if (min !== undefined && max !== undefined) {
    return aboveMin ? `a ${noun} above ${min} and at most ${max}` : `a ${noun} from ${min} to ${max}`;
  }
  if (min !== undefined) return aboveMin ? `a ${noun} above ${min}` : `a ${noun}, ${min} or more`;
  return max === undefined ? `a ${noun}` : `a ${noun}, ${max} or less`;
}

function ranged(text: Text, kind: 'integer' | 'number' | 'numbers', range: Range): Text {
  const noun = kind === 'integer' ? 'whole number' : 'number';
  const words = spelled(noun, range).replace(/^a /, '');
  return {
    placeholder: `a ${noun}`,
    ...text,
    describe: `${text.describe} (${words}${kind === 'numbers' ? ' each' : ''})`,
  };
}

function article(placeholder: string): string {
  return placeholder.startsWith('a ') ? placeholder : `a ${placeholder}`.replace(/^a ([aeio])/i, 'an $1');
}
