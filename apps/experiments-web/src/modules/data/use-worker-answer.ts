'use client';
import { useEffect, useState } from 'react';
import type { SizeAt } from '../model/modules-at';
import type { ModuleWorker } from '../worker/module-worker';
import type { QuestionName, Questions } from '../worker/protocol';

/**
 * What the worker says to a question that changes while somebody drags: the last answer stays until the next one is there.
 *
 * @param given kept by the caller for as long as it is the same question; undefined asks nothing
 */
export function useWorkerAnswer<Name extends QuestionName>(
  worker: ModuleWorker,
  name: Name,
  given: Questions[Name]['given'] | undefined,
): Questions[Name]['answer'] | undefined {
  const [answer, setAnswer] = useState<Questions[Name]['answer']>();
  useEffect(() => {
    if (given === undefined) return undefined;
    let isWanted = true;
    void worker.askLatest(name, given).then((next) => {
      if (isWanted && next !== undefined) setAnswer(next);
    });
    return () => {
      isWanted = false;
    };
  }, [worker, name, given]);
  return given === undefined ? undefined : answer;
}

/** Of more classes every threshold is dear: their pairs are thousands. */
const manyClasses = 20;

/** Thresholds of a curve: every hundredth; of many classes every twentieth part. */
export function curveTaus(classes: number): readonly number[] {
  const steps = classes > manyClasses ? 20 : 100;
  return Array.from({ length: steps + 1 }, (_, step) => step / steps);
}

/** A curve is drawn again after so many thresholds: that is dearer than the numbers. */
const drawEvery = 20;

/** Sizes over all thresholds, in order. They arrive little by little, one a question, so that the slider's own never waits for long. */
export function useSizeCurve(worker: ModuleWorker, classes: number): readonly SizeAt[] {
  const [sizes, setSizes] = useState<readonly SizeAt[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    const isLeft = (): boolean => stop.signal.aborted;
    void (async () => {
      const known: SizeAt[] = [];
      const taus = curveTaus(classes);
      for (const tau of taus) {
        if (isLeft()) return;
        known.push(...(await worker.ask('sizes', { taus: [tau] })));
        if (!isLeft() && (known.length % drawEvery === 0 || known.length === taus.length))
          setSizes([...known]);
      }
    })();
    return () => stop.abort();
  }, [worker, classes]);
  return sizes;
}
