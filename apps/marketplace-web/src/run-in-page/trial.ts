import { normalise } from '@moda/page-runtime/images';
import type { BackendPreference } from '@moda/page-runtime';
import type { CompositionFacts } from '../compose/compose-in-page';
import type { CompositionChoice } from '../compose/composition-choice';
import type { ParentDownload } from '../compose/parent-download';

import type { RegistryDigest } from '../compose/registry-digest';
import type { OpenWorkbench } from '../compose/workbench/open-workbench';
import { failureOf } from './failure';
import type { ServerLogits } from './server-logits';
import { firstState, type Part, type ShownImage, type TrialState, valueOf, waiting } from './trial-state';

/** Where the trial gets what it does not do itself. */
export interface TrialSources {
  readonly openWorkbench: () => OpenWorkbench;
  readonly parent: (of: string) => Promise<ParentDownload>;
  readonly registryDigest: (facts: CompositionFacts) => Promise<RegistryDigest>;
  readonly serverLogits: (facts: CompositionFacts) => Promise<ServerLogits>;
}

/** One composition from its download to its answers; what there is to see of it changes by and by. */
export interface Trial {
  readonly subscribe: (listener: () => void) => () => void;
  readonly state: () => TrialState;
  /** Composes and runs. Ended by `end`, after which it may begin anew. */
  readonly begin: () => void;
  readonly end: () => void;
  /** Lets another back end compute. */
  readonly choose: (prefer: BackendPreference) => void;
  /** Asks for an image; while one is computed, only the last of those that come is kept. */
  readonly show: (image: ShownImage) => void;
  /** Takes the image and its answer away. */
  readonly clear: () => void;
  readonly workbench: () => OpenWorkbench | undefined;
}

export function createTrial(choice: CompositionChoice, sources: TrialSources): Trial {
  const listeners = new Set<() => void>();
  let state = firstState;
  let workbench: OpenWorkbench | undefined;
  /** What the worker does one after the other. */
  let lastWork: Promise<unknown> = Promise.resolve();
  let wanted: ShownImage | undefined;
  let isComputing = false;

  function set(change: Partial<TrialState>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  /** Tells how a part ends, unless the worker it was for has ended before. */
  async function follow<Value>(
    bench: OpenWorkbench,
    work: Promise<Value>,
    put: (part: Part<Value>) => void,
  ): Promise<Value | undefined> {
    try {
      const value = await work;
      if (bench === workbench) put({ kind: 'there', value });
      return bench === workbench ? value : undefined;
    } catch (error) {
      if (bench === workbench) put({ kind: 'failed', failure: failureOf(error) });
      return undefined;
    }
  }

  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const result = lastWork.then(work);
    lastWork = result.catch(() => undefined);
    return result;
  }

  async function compose(bench: OpenWorkbench): Promise<void> {
    const whenParent = sources.parent(choice.of);
    const whenOffered = whenParent.then(({ digest, packageText, signature }) => ({
      digest,
      packageText,
      signature,
    }));
    void follow(bench, whenOffered, (offer) => set({ offer }));
    const facts = await follow(
      bench,
      whenParent.then((parent) =>
        bench.compose({ parent, classes: choice.classes, tau: choice.tau }, (progress) => {
          if (bench === workbench) set({ progress });
        }),
      ),
      (composition) => set({ composition }),
    );
    if (facts === undefined) return;
    void follow(bench, sources.registryDigest(facts), (registry) => set({ registry }));
    const whenSamples = follow(
      bench,
      whenParent.then((parent) => bench.samples({ parent })),
      (samples) => set({ samples }),
    );
    const whenStarted = start(bench);
    const samples = await whenSamples;
    if (samples === undefined) return;
    void follow(bench, sources.serverLogits(facts), (server) => set({ server }));
    if (await whenStarted) await predictSamples(bench);
  }

  /** @returns whether it runs */
  async function start(bench: OpenWorkbench): Promise<boolean> {
    const { prefer } = state;
    set({ runtime: waiting, latency: waiting, sampleLogits: waiting });
    const facts = await follow(
      bench,
      inTurn(() => bench.start({ prefer })),
      (runtime) => set({ runtime }),
    );
    if (facts === undefined) return false;
    void follow(
      bench,
      inTurn(() => bench.latency()),
      (latency) => set({ latency }),
    );
    return true;
  }

  async function predictSamples(bench: OpenWorkbench): Promise<void> {
    const [facts, samples] = [valueOf(state.composition), valueOf(state.samples)];
    if (facts === undefined || samples === undefined) return;
    const images = normalise(samples.images, facts.normalisation);
    await follow(
      bench,
      inTurn(async () => (await bench.predict({ images, count: samples.count })).logits),
      (sampleLogits) => set({ sampleLogits }),
    );
  }

  async function computeWanted(): Promise<void> {
    const [bench, facts] = [workbench, valueOf(state.composition)];
    if (isComputing || bench === undefined || facts === undefined) return;
    isComputing = true;
    while (wanted !== undefined && bench === workbench) {
      const image = wanted;
      wanted = undefined;
      const images = normalise(image.values, facts.normalisation);
      await follow(
        bench,
        inTurn(async () => ({ image, ...(await bench.predict({ images, count: 1 })) })),
        (answer) => set({ answer }),
      );
    }
    isComputing = false;
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    state: () => state,
    workbench: () => workbench,
    begin() {
      workbench?.close();
      set({ ...firstState, prefer: state.prefer });
      workbench = sources.openWorkbench();
      lastWork = Promise.resolve();
      isComputing = false;
      void compose(workbench);
    },
    end() {
      workbench?.close();
      workbench = undefined;
    },
    choose(prefer) {
      const [bench, shown] = [workbench, valueOf(state.answer)?.image];
      set({ prefer });
      if (bench === undefined || state.composition.kind !== 'there') return;
      void start(bench).then(async (runs) => {
        if (!runs) return;
        if (shown !== undefined) wanted ??= shown;
        void computeWanted();
        await predictSamples(bench);
      });
    },
    show(image) {
      wanted = image;
      void computeWanted();
    },
    clear() {
      wanted = undefined;
      set({ answer: undefined });
    },
  };
}
