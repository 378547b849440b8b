import type { TrainSpecInput } from '@moda/contracts';

/** One setting, as people read it. */
export interface SpecItem {
  readonly name: string;
  readonly value: string;
}

const names: Readonly<Record<string, string>> = {
  arch: 'Network',
  dataset: 'Data set',
  dataDir: 'Folder of the data',
  kind: 'What',
  tau: 'Threshold (tau)',
  init: 'Initial weights',
};

/** In the order of the schema, which would be a tenth of what a page may weigh; a spec compares the two. */
export const specOrder: readonly (keyof TrainSpecInput)[] = [
  'arch',
  'dataset',
  'dataDir',
  'method',
  'epochs',
  'batchSize',
  'learningRate',
  'alpha',
  'beta',
  'gamma',
  'seed',
  'classes',
  'checkpointEvery',
  'init',
  'initLayout',
  'shuffle',
  'augment',
  'maxSteps',
  'trainLimit',
];

/** The settings of a spec or a task, in the order of the schema; lists are told with commas. */
export function specItems(spec: Readonly<Record<string, unknown>>): readonly SpecItem[] {
  return Object.entries(spec)
    .sort(([a], [b]) => rankOf(a) - rankOf(b))
    .map(([key, value]) => ({ name: settingName(key), value: settingText(value) }));
}

function rankOf(key: string): number {
  const place = specOrder.findIndex((name) => name === key);
  return place === -1 ? specOrder.length : place;
}

/** `learningRate` -> `Learning rate`. */
export function settingName(key: string): string {
  const told = names[key];
  if (told !== undefined) return told;
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function settingText(value: unknown): string {
  if (value === undefined || value === null) return '–';
  if (Array.isArray(value)) return value.map(settingText).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return JSON.stringify(value);
}
