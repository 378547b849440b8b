import { type RunResult, runResultSchemas } from '@moda/contracts';
import { type Gain, pairedGain } from './paired-interval';

type Result = RunResult<'replace'>;

/** What a repair did, ready to be judged. */
export interface RepairOutcome {
  readonly className: string;
  readonly strategy: Result['strategy'];
  readonly addedParameters: number;
  readonly addedFlops: number;
  /** Accuracy by class, before and after; null without test images. */
  readonly perClass: readonly {
    readonly class: number;
    readonly name: string;
    readonly before: number | null;
    readonly after: number | null;
  }[];
  /** `[true class][predicted class]`; undefined in results of earlier versions. */
  readonly confusion: { readonly before: Matrix; readonly after: Matrix } | undefined;
  /** Undefined in results of earlier versions, which have no counts of pairs: nothing can be judged. */
  readonly gains: { readonly target: Gain; readonly others: Gain } | undefined;
}

type Matrix = readonly (readonly number[])[];

/** Undefined for what is no result of a repair. */
export function repairOutcomeOf(result: unknown): RepairOutcome | undefined {
  const read = runResultSchemas.replace.safeParse(result).data;
  if (read === undefined) return undefined;
  const { before, after, paired } = read;
  const [confusedBefore, confusedAfter] = [before.confusion, after.confusion];
  return {
    className: read.name,
    strategy: read.strategy,
    addedParameters: read.addedParameters,
    addedFlops: read.addedFlops,
    perClass: before.perClass.map((one, position) => ({
      class: one.class,
      name: one.name,
      before: one.accuracy,
      after: after.perClass[position]?.accuracy ?? null,
    })),
    confusion: confusedBefore && confusedAfter && { before: confusedBefore, after: confusedAfter },
    gains: paired && { target: pairedGain(paired.target), others: pairedGain(paired.others) },
  };
}
