'use client';

import { ErrorNote, ProgressBar, Section, Skeleton } from '@moda/ui';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { CompositionFacts } from '../compose/compose-in-page';
import type { CompositionChoice } from '../compose/composition-choice';
import { browserCache } from '../compose/package-cache';
import { askParent } from '../compose/parent-download';
import { registryDigest } from '../compose/registry-digest';
import { stageTitle } from '../compose/stage-title';
import { openWorkbench } from '../compose/workbench/open-workbench';
import { gateway } from '../gateway/browser-client';
import { KeptNote } from '../offline/kept-note';
import { useSignature } from '../signature/use-signature';
import { rememberLatency } from '../measured/latency-store';
import { AnswerTable } from './answer-table';
import { CostStrip } from './cost-strip';
import type { FirstPrice } from './first-price';
import { ImageSource } from './image-source';
import { rejectionFor } from './none-of-these';
import { ProofPanel } from './proof-panel';
import { RuntimePanel } from './runtime-panel';
import { askServerLogits } from './server-logits';
import { TakeHome } from './take-home';
import { createTrial, type Trial } from './trial';
import { firstState, type TrialState, valueOf } from './trial-state';

export interface TryCompositionProps {
  readonly choice: CompositionChoice;
  readonly price: FirstPrice | undefined;
}

/** Composes in this page and lets people try the result. */
export function TryComposition({ choice, price }: TryCompositionProps) {
  const [trial] = useState(() => trialOf(choice));
  const state = useSyncExternalStore(trial.subscribe, trial.state, () => firstState);
  useEffect(() => {
    trial.begin();
    return () => trial.end();
  }, [trial]);

  const [runtime, latency] = [valueOf(state.runtime), valueOf(state.latency)];
  useEffect(() => {
    if (runtime === undefined || latency === undefined) return;
    const { of, classes, tau } = choice;
    rememberLatency({
      of,
      classes,
      tau,
      ms: latency.medianMs,
      device: `${runtime.backend}, ${runtime.device}`,
    });
  }, [choice, runtime, latency]);

  const { composition } = state;
  return (
    <div className="m-stack">
      <Section title="The composition" className="m-try-cost">
        <CostStrip state={state} price={price} />
        {composition.kind !== 'failed' && <ComposeProgressLine state={state} />}
        {composition.kind === 'failed' && (
          <ErrorNote {...composition.failure} onRetry={() => trial.begin()} />
        )}
      </Section>
      {composition.kind === 'there' && <Rooms state={state} trial={trial} facts={composition.value} />}
      {composition.kind === 'waiting' && <RoomsToCome />}
    </div>
  );
}

/** Holds the places of what can be done once there is a composition. */
function RoomsToCome() {
  return (
    <>
      <Section title="Try it">
        <Skeleton height="27rem" />
      </Section>
      <div className="m-grid m-grid--wide m-try-lower">
        <Section title="The same as the server's">
          <Skeleton height="20rem" />
        </Section>
        <Section title="What computes">
          <Skeleton height="20rem" />
        </Section>
      </div>
    </>
  );
}

function ComposeProgressLine({ state }: { readonly state: TrialState }) {
  const { progress } = state;
  const facts = valueOf(state.composition);
  const share = progress.stage === 'cutting' ? progress.share : progress.stage === 'checking' ? 1 : 0;
  return (
    <div className="m-try-progress">
      {facts === undefined && <ProgressBar share={share} label={stageTitle(progress)} />}
      <p className="m-muted" role="status">
        {facts === undefined ? `${stageTitle(progress)}.` : checkedSentence[facts.came]}
      </p>
    </div>
  );
}

const checkedSentence: Readonly<Record<CompositionFacts['came'], string>> = {
  whole: 'Composed in this page. Every file that came is what the package of the parent lists.',
  ranges:
    'Composed in this page. Manifest and activation rates are what the package of the parent lists; of its weights only ranges came, which the digest of the result covers.',
  kept: 'Composed in this page on an earlier visit; its digest was computed again.',
};

function Rooms({
  state,
  trial,
  facts,
}: {
  readonly state: TrialState;
  readonly trial: Trial;
  readonly facts: CompositionFacts;
}) {
  const signature = useSignature(valueOf(state.offer));
  const [samples, sampleLogits] = [valueOf(state.samples), valueOf(state.sampleLogits)];
  const rejection =
    samples === undefined || sampleLogits === undefined
      ? undefined
      : rejectionFor(samples, facts, sampleLogits);
  const isBroken = signature.state?.state === 'wrong';
  return (
    <>
      <Section
        title="Try it"
        subtitle={`Nothing leaves this page: images are read, prepared and classified here. A composed model must answer one of its ${facts.classes.length === 1 ? 'class' : 'classes'}, whatever it is shown.`}
      >
        <div className="m-try">
          <ImageSource facts={facts} samples={state.samples} onImage={trial.show} onClear={trial.clear} />
          <AnswerTable
            facts={facts}
            answer={state.answer}
            rejection={rejection}
            isStarting={state.runtime.kind === 'waiting'}
          />
        </div>
      </Section>
      <div className="m-grid m-grid--wide m-try-lower">
        <ProofPanel facts={facts} state={state} signature={signature} />
        <RuntimePanel state={state} onChoose={trial.choose} />
      </div>
      {!isBroken && <TakeHome workbench={trial.workbench} />}
      <KeptNote workbench={trial.workbench} isReady={isSettled(state)} />
    </>
  );
}

/** Whether everything that the page loads by itself is there. */
function isSettled({ runtime, samples, sampleLogits, latency }: TrialState): boolean {
  const hasNone = samples.kind === 'there' && samples.value === undefined;
  return (
    runtime.kind === 'there' &&
    latency.kind !== 'waiting' &&
    (hasNone || samples.kind === 'failed' || sampleLogits.kind !== 'waiting')
  );
}

function trialOf(choice: CompositionChoice): Trial {
  return createTrial(choice, {
    openWorkbench,
    parent: (of) => askParent(of, { gateway, cache: browserCache(location.origin) }),
    registryDigest: (facts) => registryDigest(gateway, facts.derivationDigest ?? '', choice),
    serverLogits: (facts) => askServerLogits(gateway, choice, facts),
  });
}
