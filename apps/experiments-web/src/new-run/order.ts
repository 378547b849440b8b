import {
  quotedForShell,
  sweepSpecs,
  trainArguments,
  trainCommandLine,
  type TrainSpec,
} from '@moda/contracts';
import { fieldErrors } from './draft';
import { readList } from './read-address';

/** What is said of a run beside its spec. */
export interface OrderFacts {
  readonly experiment: string;
  readonly name: string;
  readonly notes: string;
  /** With commas. */
  readonly tags: string;
  readonly priority: number | null;
}

/** Where nobody chose a group of runs. */
export const defaultExperiment = 'default';

/** The line that submits the same run to the training service. */
export function submitLine(spec: TrainSpec, facts: OrderFacts): string {
  const [, ...options] = trainArguments(spec);
  return line(['npx', 'moda', 'runs', 'submit', ...options, ...optionsOf(facts, true)]);
}

/** The line that trains it on the machine where it is typed. */
export function trainLine(spec: TrainSpec): string {
  return `npx ${trainCommandLine(spec, 'model')}`;
}

/** The lists of a sweep, as they are typed: values with commas, by field. */
export type SweepLists = Readonly<Record<SweepFieldName, string>>;

export const sweepFields = ['arch', 'learningRate', 'alpha', 'beta', 'gamma', 'seed'] as const;
export type SweepFieldName = (typeof sweepFields)[number];

export const noSweep: SweepLists = {
  arch: '',
  learningRate: '',
  alpha: '',
  beta: '',
  gamma: '',
  seed: '',
};

/** A sweep as it is sent, or what is wrong with it by field. */
export interface CheckedSweep {
  readonly grid: Readonly<Record<string, readonly (string | number)[]>>;
  readonly specs: readonly TrainSpec[];
  readonly errors: Readonly<Record<string, string>>;
}

export function checkSweep(base: Readonly<Record<string, unknown>>, lists: SweepLists): CheckedSweep {
  const grid = Object.fromEntries(
    sweepFields
      .map((field) => [field, readList(lists[field]).map((text) => readEntry(field, text))] as const)
      .filter(([, values]) => values.length > 0),
  );
  try {
    return { grid, specs: sweepSpecs(base, grid), errors: {} };
  } catch (error) {
    return { grid, specs: [], errors: fieldErrors(error) };
  }
}

/** The line that submits the same sweep. */
export function sweepLine(base: TrainSpec, grid: CheckedSweep['grid'], facts: OrderFacts): string {
  const fixed = Object.fromEntries(Object.entries(base).filter(([key]) => !Object.hasOwn(grid, key)));
  const [, ...options] = trainArguments(fixed as unknown as TrainSpec);
  const lists = Object.entries(grid).flatMap(([key, values]) => [
    `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    values.join(','),
  ]);
  return line(['npx', 'moda', 'runs', 'sweep', ...lists, ...options, ...optionsOf(facts, false)]);
}

/** What is no number is left as it is, for the schema to complain about. */
function readEntry(field: SweepFieldName, text: string): string | number {
  return field === 'arch' || !Number.isFinite(Number(text)) ? text : Number(text);
}

function optionsOf(facts: OrderFacts, isOne: boolean): readonly string[] {
  const { experiment, name, notes, tags, priority } = facts;
  const option = (flag: string, value: string): readonly string[] =>
    value === '' ? [] : [`--${flag}`, value];
  return [
    ...option('experiment', experiment === defaultExperiment ? '' : experiment),
    ...(isOne ? [...option('name', name), ...option('notes', notes)] : []),
    ...option('tag', readList(tags).join(',')),
    ...option('priority', priority === null ? '' : String(priority)),
  ];
}

function line(words: readonly string[]): string {
  return words.map(quotedForShell).join(' ');
}
