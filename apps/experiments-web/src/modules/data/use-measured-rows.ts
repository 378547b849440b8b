'use client';
import { useQueries } from '@tanstack/react-query';
import { gateway } from '../../gateway/browser-client';
import { ResultOfRunDocument } from '../../graphql/generated/operations';
import { type MeasuredAt, mergedRows, sweepRowsOf } from '../model/sweep-rows';
import { type DerivedRun, kindOf } from './derived-runs';

/** Sweeps that are read; newer ones say more. */
const maxSweeps = 5;

/** Accuracy by threshold, from the sweeps that were made of a model, with what they were measured on. */
export function useMeasuredRows(derived: readonly DerivedRun[]): {
  readonly rows: readonly MeasuredAt[];
  readonly devices: readonly string[];
} {
  const sweeps = derived.filter(({ task, state }) => kindOf(task) === 'sweepTau' && state === 'succeeded');
  const results = useQueries({
    queries: sweeps.slice(0, maxSweeps).map(({ id }) => ({
      queryKey: ['result-of-run', id],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        gateway.ask(ResultOfRunDocument, { id }, signal),
      staleTime: Infinity,
    })),
  });
  const runs = results.flatMap(({ data }) => data?.run ?? []);
  return {
    rows: mergedRows(runs.map(({ result }) => sweepRowsOf(result))),
    devices: [...new Set(runs.flatMap(({ device }) => device ?? []))],
  };
}
