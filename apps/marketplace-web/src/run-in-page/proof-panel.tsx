'use client';

import { Badge, CopyText, Section, shortDigest, Skeleton } from '@moda/ui';
import type { ReactNode } from 'react';
import { signatureWords } from '../signature/signature-words';
import type { SignatureCheck } from '../signature/use-signature';
import type { CompositionFacts } from '../compose/compose-in-page';
import type { RegistryDigest } from '../compose/registry-digest';
import { failureOf } from './failure';
import { type Parity, parityTolerance, parityWithServer, sampleScore } from './parity';
import type { Part, TrialState } from './trial-state';
import { valueOf } from './trial-state';

/** Whether this page made and computes what the server makes and computes. */
export function ProofPanel({
  facts,
  state,
  signature,
}: {
  readonly facts: CompositionFacts;
  readonly state: TrialState;
  /** Of its parent. */
  readonly signature: SignatureCheck;
}) {
  return (
    <Section
      title="The same as the server's"
      subtitle="A composition follows from its parent, the activation rates, the classes and the threshold: whoever cuts it gets the same bytes."
    >
      <DigestProof facts={facts} registry={state.registry} />
      <LogitProof facts={facts} state={state} />
      <SignatureProof {...signature} />
      <WholeModelNote facts={facts} state={state} />
    </Section>
  );
}

function Proof({ title, badge, children }: { title: string; badge: ReactNode; children: ReactNode }) {
  return (
    <div className="m-proof" role="status">
      <div className="m-proof__head">
        <h3 className="m-proof__title">{title}</h3>
        {badge}
      </div>
      <div className="m-proof__text">{children}</div>
    </div>
  );
}

function DigestProof({ facts, registry }: { facts: CompositionFacts; registry: Part<RegistryDigest> }) {
  const own = <CopyText text={facts.digest} shown={shortDigest(facts.digest)} label="Copy the digest" />;
  if (registry.kind === 'waiting')
    return (
      <Proof title="Files" badge={<Badge>Asking</Badge>}>
        {own} was computed here. The registry is asked for its own.
      </Proof>
    );
  const problem = problemOf(registry);
  if (problem !== undefined) {
    return (
      <Proof title="Files" badge={<Badge tone="warn">Not compared</Badge>}>
        {own} was computed here. <Problem {...problem} />
      </Proof>
    );
  }
  const digest = registry.kind === 'there' && registry.value.kind === 'known' ? registry.value.digest : '';
  const isEqual = digest === facts.digest;
  return isEqual ? (
    <Proof title="Files" badge={<Badge tone="good">Equal digest</Badge>}>
      {own} was computed here, and the registry has the same.
    </Proof>
  ) : (
    <Proof title="Files" badge={<Badge tone="bad">Other digest</Badge>}>
      {own} was computed here, but the registry has{' '}
      <CopyText text={digest} shown={shortDigest(digest)} label="Copy the digest of the registry" />: do not
      use this composition, and tell its publisher.
    </Proof>
  );
}

function SignatureProof({ state, error }: SignatureCheck) {
  const title = 'Signature of the parent';
  if (error !== null)
    return (
      <Proof title={title} badge={<Badge tone="warn">Not checked</Badge>}>
        <Problem {...failureOf(error)} />
      </Proof>
    );
  if (state === undefined)
    return (
      <Proof title={title} badge={<Badge>Checking</Badge>}>
        <Skeleton lines={1} />
      </Proof>
    );
  const { tone, badge, sentence } = signatureWords(state);
  return (
    <Proof title={title} badge={<Badge tone={tone}>{badge}</Badge>}>
      {sentence}
    </Proof>
  );
}

interface ProblemProps {
  readonly code: string;
  readonly message: string;
  readonly traceId?: string | undefined;
}

/** Why something was not compared, with what somebody who helps will ask for. */
function Problem({ code, message, traceId }: ProblemProps) {
  return (
    <>
      {message} <code>{code}</code>
      {traceId !== undefined && (
        <>
          {' '}
          Trace <code>{traceId}</code>
        </>
      )}
    </>
  );
}

/** Why the registry's digest is not known. */
function problemOf(registry: Part<RegistryDigest>): ProblemProps | undefined {
  if (registry.kind === 'failed') return registry.failure;
  return registry.kind === 'there' && registry.value.kind === 'unknown' ? registry.value : undefined;
}

function LogitProof({ facts, state }: { facts: CompositionFacts; state: TrialState }) {
  const { sampleLogits, server, runtime } = state;
  const title = 'Logits';
  if (state.samples.kind === 'there' && state.samples.value === undefined)
    return (
      <Proof title={title} badge={<Badge tone="warn">Not compared</Badge>}>
        This version was published without sample images, so there is nothing to compare on. Publish a new
        version of the model to have them.
      </Proof>
    );
  const failed = [state.samples, server, sampleLogits, runtime].find((part) => part.kind === 'failed');
  if (failed?.kind === 'failed')
    return (
      <Proof title={title} badge={<Badge tone="warn">Not compared</Badge>}>
        <Problem {...failed.failure} />
      </Proof>
    );
  const [own, theirs, running] = [valueOf(sampleLogits), valueOf(server), valueOf(runtime)];
  if (own === undefined || theirs === undefined || running === undefined)
    return (
      <Proof title={title} badge={<Badge>Computing</Badge>}>
        <Skeleton lines={2} />
      </Proof>
    );
  const parity = parityWithServer(own, theirs.logits, facts.classes.length);
  if (parity === undefined)
    return (
      <Proof title={title} badge={<Badge tone="bad">Other classes</Badge>}>
        The server computed another composition; load the page again.
      </Proof>
    );
  const within = parity.largest <= parityTolerance;
  return (
    <Proof
      title={title}
      badge={
        <Badge tone={within ? 'good' : 'bad'}>
          {within ? 'Within' : 'Beyond'} {parityTolerance}
        </Badge>
      }
    >
      {paritySentence(parity)} Here: {running.device}. There: {theirs.device}.
    </Proof>
  );
}

function paritySentence({ largest, images, classes }: Parity): string {
  const list = `${images} sample images and ${classes} ${classes === 1 ? 'class' : 'classes'}`;
  return `max |Δlogit| = ${difference(largest)} over ${list}.`;
}

function WholeModelNote({ facts, state }: { facts: CompositionFacts; state: TrialState }) {
  const [samples, own] = [valueOf(state.samples), valueOf(state.sampleLogits)];
  if (samples === undefined || own === undefined) return null;
  const { images, right, wholeRight, largest } = sampleScore(samples, facts, own);
  if (images === 0) return null;
  return (
    <Proof title="Beside the whole model" badge={<Badge tone="info">For information</Badge>}>
      Of the {images} samples of these classes the composition gets {right} right; the whole model, choosing
      among the same classes, {wholeRight}. Leaving units out moves the logits by up to {difference(largest)}.
    </Proof>
  );
}

function difference(value: number): string {
  return value === 0 ? '0' : value < 0.001 ? value.toExponential(1) : value.toPrecision(2);
}
