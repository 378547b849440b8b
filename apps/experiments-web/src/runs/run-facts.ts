import type { RunRowFragment } from '../graphql/generated/operations';

/** What the table and the comparison say of a run, read out of its spec and its task. */
export interface RunFacts {
  /** `train`, `decompose`, `compose`, `replace`, … */
  readonly what: string;
  readonly network: string | null;
  readonly dataset: string | null;
  readonly method: string | null;
  readonly seed: number | null;
  /** Weights of affinity, dispersion and compactness; null where the method has none. */
  readonly alpha: number | null;
  readonly beta: number | null;
  readonly gamma: number | null;
  readonly epochs: number | null;
  /** On the test images, 0..1. */
  readonly accuracy: number | null;
  /** Mean over the test images; null of runs of earlier versions. */
  readonly crossEntropy: number | null;
  readonly parameters: number | null;
  readonly seconds: number | null;
}

const remembered = new WeakMap<RunRowFragment, RunFacts>();

/** The same facts for the same row, read once. */
export function runFacts(row: RunRowFragment): RunFacts {
  const before = remembered.get(row);
  if (before !== undefined) return before;
  const facts = read(row);
  remembered.set(row, facts);
  return facts;
}

function read({ spec, task, outcome }: RunRowFragment): RunFacts {
  const method = textOf(spec['method']);
  const weight = (name: string): number | null => (method === 'moda' ? numberOf(spec[name]) : null);
  return {
    what: textOf(task['kind']) ?? 'train',
    network: textOf(spec['arch']),
    dataset: textOf(spec['dataset']),
    method,
    seed: numberOf(spec['seed']),
    alpha: weight('alpha'),
    beta: weight('beta'),
    gamma: weight('gamma'),
    epochs: numberOf(spec['epochs']),
    accuracy: outcome?.accuracy ?? null,
    crossEntropy: outcome?.crossEntropy ?? null,
    parameters: outcome?.parameters ?? null,
    seconds: outcome?.seconds ?? null,
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

/** What people call a run: its name, or the beginning of its id. */
export function runLabel({ id, name }: { readonly id: string; readonly name: string | null }): string {
  return name ?? id.slice(0, 8);
}
