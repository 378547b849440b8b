import type { RunEvaluation } from '@moda/contracts';

/** A run whose model could give a module. */
export interface StrongRun {
  readonly id: string;
  readonly dataset: string;
  readonly evaluation: RunEvaluation | undefined;
}

export interface Candidate<Run extends StrongRun = StrongRun> {
  readonly run: Run;
  /** Output position of the class in its model. */
  readonly class: number;
  /** Of the whole model on the test images of the class, 0..1. */
  readonly accuracy: number;
  /** Accuracy that it has more for the class than the weak model, -1..1. */
  readonly ahead: number;
}

/**
 * Runs whose model knows the class by the same name on the same data set, the most accurate for it first. The accuracy is that of the whole
 * model: how its module does is known once it was tried.
 *
 * @param weak the model to be repaired; it is no candidate for itself
 */
export function rankCandidates<Run extends StrongRun>(
  weak: StrongRun,
  className: string,
  runs: readonly Run[],
): Candidate<Run>[] {
  const own = accuracyOf(weak, className)?.accuracy ?? 0;
  return runs
    .filter(({ id, dataset }) => id !== weak.id && dataset === weak.dataset)
    .flatMap((run) => {
      const known = accuracyOf(run, className);
      if (known === undefined) return [];
      return [{ run, class: known.class, accuracy: known.accuracy, ahead: known.accuracy - own }];
    })
    .sort((a, b) => b.ahead - a.ahead);
}

function accuracyOf(
  { evaluation }: StrongRun,
  name: string,
): { class: number; accuracy: number } | undefined {
  const known = evaluation?.perClass.find((one) => one.name === name);
  if (known?.accuracy == null) return undefined;
  return { class: known.class, accuracy: known.accuracy };
}

/** Two accuracies that differ by less than this are equal to somebody who chooses: a few images of hundreds. */
const equalAhead = 0.001;

/** Of candidates that are equally far ahead the one with the smaller module first; where a size is not known, they stay as they are. */
export function smallerFirst<Run extends StrongRun>(
  ranked: readonly Candidate<Run>[],
  modules: ReadonlyMap<string, { readonly parameters: number } | null>,
): Candidate<Run>[] {
  const size = ({ run }: Candidate<Run>): number | undefined => modules.get(run.id)?.parameters;
  const step = ({ ahead }: Candidate<Run>): number => Math.round(ahead / equalAhead);
  return [...ranked].sort((a, b) => {
    const further = step(b) - step(a);
    const [sizeA, sizeB] = [size(a), size(b)];
    return further !== 0 || sizeA === undefined || sizeB === undefined ? further : sizeA - sizeB;
  });
}
