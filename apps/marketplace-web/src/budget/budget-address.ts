import { type inferParserType, parseAsFloat } from 'nuqs/server';
import type { Budget } from './budget';

/** A budget as it stands in the address, in the units in which it is typed: `kb=300&mflops=20`. */
export const budgetParsers = { kb: parseAsFloat, mflops: parseAsFloat };

export type BudgetState = inferParserType<typeof budgetParsers>;

/** Undefined where no bound is named; a bound that is no positive number is none. */
export function budgetOf({ kb, mflops }: BudgetState): Budget | undefined {
  const [maxBytes, maxFlops] = [timesThePrefix(kb, 1e3), timesThePrefix(mflops, 1e6)];
  return maxBytes === undefined && maxFlops === undefined ? undefined : { maxBytes, maxFlops };
}

/** What is wrong with a bound, as a sentence; undefined where nothing is. */
export function wrongWithBound(bound: number | null): string | undefined {
  return bound === null || bound > 0 ? undefined : 'A bound is more than 0; leave it empty for none.';
}

function timesThePrefix(bound: number | null, prefix: number): number | undefined {
  if (bound === null || !(bound > 0)) return undefined;
  // 0.1 k of something is 100 of it, and not a little more.
  return Math.round(bound * prefix);
}
