interface Describable {
  readonly id: string;
  readonly name: string | null;
  readonly experimentName: string;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** A run in few words: its name or the beginning of its id; network, data, method and epochs. */
export function describeRun({ id, name, spec }: Pick<Describable, 'id' | 'name' | 'spec'>): {
  readonly label: string;
  readonly what: string;
} {
  const words = ['arch', 'dataset', 'method'].map((field) => textOf(spec[field]));
  const { epochs, classes } = spec;
  const parts = [
    words.filter(Boolean).join(', '),
    ...(typeof epochs === 'number' ? [`${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}`] : []),
    ...(Array.isArray(classes) ? [`${classes.length} classes`] : []),
  ];
  return { label: name ?? id.slice(0, 8), what: parts.join(', ') };
}

/** Whether a run has every word of the text in its name, experiment, id, network, data set or method. */
export function matchesText(run: Describable, text: string): boolean {
  const { arch, dataset, method } = run.spec;
  const all = [run.id, run.name, run.experimentName, arch, dataset, method]
    .map(textOf)
    .join(' ')
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
