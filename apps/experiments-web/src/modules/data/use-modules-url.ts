'use client';
import { parseAsFloat, parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';

export const measures = ['overlap', 'jaccard'] as const;
export const orders = ['label', 'size', 'clustered'] as const;
export type Measure = (typeof measures)[number];
export type Order = (typeof orders)[number];

/** Where nobody says otherwise, as in the paper. */
export const defaultTau = 0.9;

const parsers = {
  tau: parseAsFloat.withDefault(defaultTau),
  measure: parseAsStringLiteral(measures).withDefault('overlap'),
  /** A tracked layer; the whole model if left out. */
  layer: parseAsString.withDefault(''),
  order: parseAsStringLiteral(orders).withDefault('label'),
  class: parseAsInteger.withDefault(0),
  /** The class that it is compared with; -1 is none. */
  with: parseAsInteger.withDefault(-1),
  /** Layer and unit by position: `2.17`. */
  unit: parseAsString.withDefault(''),
};

/** What the page shows, as the address says it. */
export interface ModulesUrl {
  /** 0..1, in steps of 0.01. */
  readonly tau: number;
  readonly measure: Measure;
  readonly layer: string;
  readonly order: Order;
  readonly class: number;
  readonly with: number;
  readonly unit: string;
}

export function useModulesUrl(): readonly [ModulesUrl, (change: Partial<ModulesUrl>) => void] {
  const [state, setState] = useQueryStates(parsers, { history: 'replace', scroll: false, shallow: true });
  const url = useMemo(() => ({ ...state, tau: steppedTau(state.tau) }), [state]);
  const change = useCallback((next: Partial<ModulesUrl>) => void setState(next), [setState]);
  return [url, change];
}

/** The step of the slider that is nearest. */
export function steppedTau(tau: number): number {
  return Math.round(Math.min(1, Math.max(0, tau)) * 100) / 100;
}
