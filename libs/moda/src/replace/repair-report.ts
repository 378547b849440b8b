import { evaluatePredictions, predictedClasses, type Predictions } from '@moda/nn';

/** Accuracy before and after, share of the samples that are right; `null` without samples. */
export interface BeforeAfter {
  readonly before: number | null;
  readonly after: number | null;
}

/** Samples by who is right about them: the four counts of a paired comparison. */
export interface PairedCounts {
  readonly bothRight: number;
  readonly onlyBefore: number;
  readonly onlyAfter: number;
  readonly bothWrong: number;
}

/** What a replacement did on test data. */
export interface RepairReport {
  /** Position of the replaced class among the outputs. */
  readonly targetPosition: number;
  readonly target: BeforeAfter;
  /** Mean of the accuracies of the other classes. */
  readonly others: BeforeAfter;
  /** By position among the outputs. */
  readonly perClass: readonly BeforeAfter[];
  /** `[true class][predicted class]`, counts. */
  readonly confusion: { readonly before: Confusion; readonly after: Confusion };
  /** Samples of the target, and of all other classes together. */
  readonly paired: { readonly target: PairedCounts; readonly others: PairedCounts };
}

type Confusion = readonly (readonly number[])[];

/** Both predictions are of the same samples in the same order. */
export function repairReport(before: Predictions, after: Predictions, targetPosition: number): RepairReport {
  const [old, repaired] = [evaluatePredictions(before), evaluatePredictions(after)];
  const perClass = old.perClass.map((accuracy, position) => ({
    before: accuracy,
    after: repaired.perClass[position] ?? null,
  }));
  const others = perClass.filter((_, position) => position !== targetPosition);
  return {
    targetPosition,
    target: perClass[targetPosition] ?? { before: null, after: null },
    others: { before: mean(others.map((own) => own.before)), after: mean(others.map((own) => own.after)) },
    perClass,
    confusion: { before: old.confusion, after: repaired.confusion },
    paired: {
      target: pairedCounts(before, after, (label) => label === targetPosition),
      others: pairedCounts(before, after, (label) => label !== targetPosition),
    },
  };
}

function pairedCounts(
  before: Predictions,
  after: Predictions,
  isCounted: (label: number) => boolean,
): PairedCounts {
  const counts = { bothRight: 0, onlyBefore: 0, onlyAfter: 0, bothWrong: 0 };
  const [old, repaired] = [predictedClasses(before), predictedClasses(after)];
  before.labels.forEach((label, sample) => {
    if (!isCounted(label)) return;
    const [wasRight, isRight] = [old[sample] === label, repaired[sample] === label];
    if (wasRight) counts[isRight ? 'bothRight' : 'onlyBefore'] += 1;
    else counts[isRight ? 'onlyAfter' : 'bothWrong'] += 1;
  });
  return counts;
}

function mean(accuracies: readonly (number | null)[]): number | null {
  const known = accuracies.filter((accuracy) => accuracy !== null);
  return known.length > 0 ? known.reduce((sum, accuracy) => sum + accuracy, 0) / known.length : null;
}
