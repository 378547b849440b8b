import { evaluatePredictions, type Predictions } from '@moda/nn';

/** Accuracy before and after, share of the samples that are right; `null` without samples. */
export interface BeforeAfter {
  readonly before: number | null;
  readonly after: number | null;
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
}

export function repairReport(before: Predictions, after: Predictions, targetPosition: number): RepairReport {
  const [old, repaired] = [evaluatePredictions(before).perClass, evaluatePredictions(after).perClass];
  const perClass = old.map((accuracy, position) => ({ before: accuracy, after: repaired[position] ?? null }));
  const others = perClass.filter((_, position) => position !== targetPosition);
  return {
    targetPosition,
    target: perClass[targetPosition] ?? { before: null, after: null },
    others: { before: mean(others.map((own) => own.before)), after: mean(others.map((own) => own.after)) },
    perClass,
  };
}

function mean(accuracies: readonly (number | null)[]): number | null {
  const known = accuracies.filter((accuracy) => accuracy !== null);
  return known.length > 0 ? known.reduce((sum, accuracy) => sum + accuracy, 0) / known.length : null;
}
