interface DescribedRun {
  readonly spec: Record<string, unknown>;
  readonly task: Record<string, unknown>;
}

const deeds: Readonly<Record<string, string>> = {
  decompose: 'decomposition',
  compose: 'composition',
  replace: 'repair',
  sweepTau: 'threshold sweep',
};

/** What a run did, in a few words: "moda training of compact on digits". */
export function runWords({ spec, task }: DescribedRun): string {
  const word = (value: unknown): string => (typeof value === 'string' ? value : 'unknown');
  const what = `${word(spec['arch'])} on ${word(spec['dataset'])}`;
  if (task['kind'] === 'train') return `${word(spec['method'])} training of ${what}`;
  const kind = word(task['kind']);
  return `${deeds[kind] ?? kind} of ${what}`;
}

/** A name that a model can have, made of what a run is called. */
export function proposedName(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .replace(/[-.]+$/, '')
    .slice(0, 64);
}
