'use client';
import { replaceStrategies } from '@moda/contracts';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';

const parsers = {
  /** Run of the weak model. */
  weak: parseAsString.withDefault(''),
  /** Of the weak model, by name. */
  class: parseAsString.withDefault(''),
  /** Run of the strong model. */
  strong: parseAsString.withDefault(''),
  strategy: parseAsStringLiteral(replaceStrategies).withDefault('moda'),
  /** The repair itself. */
  run: parseAsString.withDefault(''),
};

/** What was chosen so far, as the address says it; a text that is empty was not chosen. */
export interface RepairUrl {
  readonly weak: string;
  readonly class: string;
  readonly strong: string;
  readonly strategy: (typeof replaceStrategies)[number];
  readonly run: string;
}

/** Each choice is a step back in the browser. */
export function useRepairUrl(): readonly [RepairUrl, (change: Partial<RepairUrl>) => void] {
  const [state, setState] = useQueryStates(parsers, { history: 'push', scroll: false, shallow: true });
  return [state, (change) => void setState(change)];
}
