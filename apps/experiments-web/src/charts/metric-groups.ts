/** Metrics that are drawn together. */
export interface MetricGroup {
  readonly id: string;
  readonly title: string;
  /** Of the vertical axis. */
  readonly label: string;
  /** Shares in 0..1 are shown as percent. */
  readonly isShare: boolean;
  readonly names: readonly string[];
}

const known = [
  {
    id: 'accuracy',
    title: 'Accuracy',
    label: 'accuracy',
    isShare: true,
    names: ['accuracy', 'trainAccuracy'],
  },
  {
    id: 'crossEntropy',
    title: 'Cross-entropy',
    label: 'cross-entropy',
    isShare: false,
    names: ['crossEntropy'],
  },
  {
    id: 'modularity',
    title: 'Affinity, dispersion and compactness losses',
    label: 'loss',
    isShare: false,
    names: ['affinity', 'dispersion', 'compactness'],
  },
  {
    id: 'modules',
    title: 'Predicted module size and overlap',
    label: 'share of the model',
    isShare: true,
    names: ['moduleShare', 'moduleOverlap'],
  },
] as const satisfies readonly MetricGroup[];

/** The charts for these metrics: first those that every training has, then each other metric by itself; metrics of classes together. */
export function metricGroups(names: readonly string[]): readonly MetricGroup[] {
  const present = new Set(names);
  const usual: readonly MetricGroup[] = known
    .map((group) => ({ ...group, names: group.names.filter((name) => present.has(name)) }))
    .filter((group) => group.names.length > 0);
  const taken = new Set<string>(usual.flatMap((group) => group.names));
  const others = new Map<string, string[]>();
  for (const name of names.filter((own) => !taken.has(own))) {
    const metric = name.split(':')[0]!;
    others.set(metric, [...(others.get(metric) ?? []), name]);
  }
  return [
    ...usual,
    ...[...others].map(([metric, own]): MetricGroup => {
      const ofClasses = own.some((name) => name.includes(':'));
      return {
        id: ofClasses ? `${metric}:` : metric,
        title: ofClasses ? `${metricTitle(metric)} of each class` : metricTitle(metric),
        label: metricTitle(metric).toLowerCase(),
        isShare: metric === 'accuracy',
        names: own,
      };
    }),
  ];
}

/** `learningRate` -> `Learning rate`, `accuracy:3` -> `class 3`. */
export function metricTitle(name: string): string {
  const [metric = '', own] = name.split(':');
  if (own !== undefined) return `class ${own}`;
  const told = titles[metric];
  if (told !== undefined) return told;
  const words = metric.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const titles: Readonly<Record<string, string>> = {
  crossEntropy: 'Cross-entropy',
  moduleShare: 'Mean module size',
  moduleOverlap: 'Mean overlap of modules',
  trainAccuracy: 'Accuracy in training',
};
