import { type RunEvaluation, runResultSchemas } from '@moda/contracts';

/** `evaluation` of a run's result, whatever the kind of the run; undefined where it has none. */
export function evaluationOf(result: unknown): RunEvaluation | undefined {
  return runResultSchemas.train.pick({ evaluation: true }).safeParse(result).data?.evaluation;
}

/** The classes, the one with the lowest accuracy first; those without test images last. */
export function worstFirst({ perClass }: Pick<RunEvaluation, 'perClass'>): RunEvaluation['perClass'] {
  return [...perClass].sort(
    (a, b) => (a.accuracy ?? Infinity) - (b.accuracy ?? Infinity) || a.class - b.class,
  );
}
