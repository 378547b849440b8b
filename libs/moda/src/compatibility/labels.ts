import type { ModelFacts } from './model-facts.js';

/** Names of the classes that both have, in the first one's order. */
export function classesInCommon(a: ModelFacts, b: ModelFacts): string[] {
  const names = new Set(b.classes.map(({ name }) => name));
  return a.classes.filter(({ name }) => names.has(name)).map(({ name }) => name);
}

/**
 * Where two models of one data set disagree about which label is which class, in words. Labels of different data sets have nothing
 * to do with each other; names tell their classes apart.
 */
export function conflictOfLabels(a: ModelFacts, b: ModelFacts): string | undefined {
  if (a.dataset === undefined || a.dataset.name !== b.dataset?.name) return undefined;
  for (const x of a.classes) {
    for (const y of b.classes) {
      if (x.sourceLabel === y.sourceLabel && x.name !== y.name) {
        return `label ${x.sourceLabel} of ${a.dataset.name} is called ${quoted(x.name)} in one and ${quoted(y.name)} in the other`;
      }
      if (x.name === y.name && x.sourceLabel !== y.sourceLabel) {
        return `${quoted(x.name)} of ${a.dataset.name} is label ${x.sourceLabel} in one and ${y.sourceLabel} in the other`;
      }
    }
  }
  return undefined;
}

function quoted(name: string): string {
  return JSON.stringify(name);
}
