'use client';
import { useEffect, useState } from 'react';
import { downloadModelFiles } from '../../modules/data/model-files';
import { openModuleWorker } from '../../modules/worker/open-module-worker';
import type { Candidate } from '../model/rank-candidates';
import type { WeakOutput } from '../model/repair-price';
import type { EvaluatedRun } from './use-evaluated-runs';

/** What the module of a class weighs. */
export interface ModulePrice {
  readonly parameters: number;
  readonly flops: number;
  /** Of its model, 0..1. */
  readonly share: number;
}

/** Modules that are priced: each takes two small downloads. */
const maxPriced = 8;

export interface ModulePrices {
  /** By run; null where it cannot be told. */
  readonly modules: ReadonlyMap<string, ModulePrice | null>;
  /** The last layer of the weak model; undefined until it is known. */
  readonly weak: WeakOutput | undefined;
}

/** Prices of the candidates' modules; they arrive one after the other, after the weak model. */
export function useModulePrices(
  weak: EvaluatedRun,
  candidates: readonly Candidate<EvaluatedRun>[],
  tau: number,
): ModulePrices {
  const [prices, setPrices] = useState<ModulePrices>({ modules: new Map(), weak: undefined });
  useEffect(() => {
    const stop = new AbortController();
    const worker = openModuleWorker();
    void (async () => {
      const known = new Map<string, ModulePrice | null>();
      const output = await outputOf(weak);
      for (const { run, class: label } of candidates.slice(0, maxPriced)) {
        const price = await priceOf(run, label);
        if (stop.signal.aborted) return;
        known.set(run.id, price ?? null);
        setPrices({ modules: new Map(known), weak: output });
      }
    })();
    async function outputOf({ files }: EvaluatedRun): Promise<WeakOutput | undefined> {
      if (!files) return undefined;
      try {
        const given = await downloadModelFiles(files, stop.signal);
        const { classes, lastInputs } = await worker.ask('open', given, [given.rates]);
        return lastInputs === undefined ? undefined : { classes: classes.length, inputs: lastInputs };
      } catch {
        return undefined;
      }
    }
    async function priceOf({ files }: EvaluatedRun, label: number): Promise<ModulePrice | undefined> {
      if (!files) return undefined;
      try {
        const given = await downloadModelFiles(files, stop.signal);
        await worker.ask('open', given, [given.rates]);
        const { modules } = await worker.ask('at', { tau });
        return modules.find((module) => module.class === label);
      } catch {
        // A price that cannot be told does not keep anybody from choosing.
        return undefined;
      }
    }
    return () => {
      stop.abort();
      worker.close();
    };
  }, [weak, candidates, tau]);
  return prices;
}
