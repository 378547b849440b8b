const first = [
  'accuracy',
  'crossEntropy',
  'affinity',
  'dispersion',
  'compactness',
  'moduleShare',
  'moduleOverlap',
];

/** The metrics that any of the runs has, each once: those that matter most first, those of single classes left out. */
export function comparedMetrics(names: readonly string[]): readonly string[] {
  const present = [...new Set(names)].filter((name) => !name.includes(':'));
  const rank = (name: string): number => (first.includes(name) ? first.indexOf(name) : first.length);
  return present.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b, 'en'));
}
