// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { CompositionFacts } from '../compose/compose-in-page';
import type { SignatureCheck } from '../signature/use-signature';
import { ProofPanel } from './proof-panel';
import { firstState, type TrialState } from './trial-state';

afterEach(cleanup);

const facts = {
  digest: `sha256:${'1'.repeat(64)}`,
  classes: [{ index: 0, name: 'zero' }],
  parentClasses: ['zero', 'one'],
} as unknown as CompositionFacts;
const there = <Value,>(value: Value) => ({ kind: 'there' as const, value });

const unchecked: SignatureCheck = { state: undefined, error: null };

function textFor(change: Partial<TrialState>, signature = unchecked): string {
  const { container } = render(
    <ProofPanel facts={facts} state={{ ...firstState, ...change }} signature={signature} />,
  );
  return container.textContent ?? '';
}

const computed = {
  samples: there({ count: 2, labels: Int32Array.of(0, 1), logits: Float32Array.of(2, 1, 0, 1) }),
  runtime: there({ backend: 'wasm', device: 'this browser', why: '', trials: [], warmUpMs: 1 }),
  sampleLogits: there(Float32Array.of(1, 0.5)),
} as unknown as Partial<TrialState>;

describe('the digest', () => {
  it('is equal, or another, or could not be compared', () => {
    expect(textFor({ registry: there({ kind: 'known', digest: facts.digest }) })).toContain('Equal digest');
    const other = there({ kind: 'known' as const, digest: `sha256:${'2'.repeat(64)}` });
    expect(textFor({ registry: other })).toContain('do not use this composition');
    const refused = { kind: 'unknown' as const, code: 'UNAUTHENTICATED', message: 'Sign in to compose.' };
    expect(textFor({ registry: there(refused) })).toContain('Sign in to compose. UNAUTHENTICATED');
  });
});

describe('the signature of the parent', () => {
  const keyId = '0123456789abcdef';
  const textOf = (state: SignatureCheck['state']) => textFor({}, { state, error: null });

  it('is verified, broken, of somebody unknown, or missing', () => {
    expect(textOf({ state: 'trusted', keyId, name: 'Ada' })).toContain(`VerifiedSigned by Ada (${keyId})`);
    expect(textOf({ state: 'wrong', keyId })).toContain('did not sign these files; do not use them');
    expect(textOf({ state: 'unknownKey', keyId })).toContain('not among those that you trust');
    expect(textOf({ state: 'unsigned' })).toContain('Nobody vouches for these files.');
  });

  it('says why it could not be checked', () => {
    const error = Object.assign(new Error('The list is another.'), { code: 'VERIFICATION_FAILED' });
    expect(textFor({}, { state: undefined, error })).toContain('The list is another. VERIFICATION_FAILED');
  });
});

describe('the logits', () => {
  it('are within the tolerance or beyond it, with the number and both devices', () => {
    const server = (logits: number[]) =>
      there({ logits: Float32Array.from(logits), device: 'TensorFlow 2.21, a processor' });
    const within = textFor({ ...computed, server: server([1, 0.5]) });
    expect(within).toContain('Within 0.0001');
    expect(within).toContain('max |Δlogit| = 0 over 2 sample images and 1 class.');
    expect(within).toContain('Here: this browser. There: TensorFlow 2.21, a processor.');
    cleanup();
    expect(textFor({ ...computed, server: server([1, 0.75]) })).toContain('max |Δlogit| = 0.25');
    expect(screen.getByText(/Beyond/)).toBeTruthy();
  });

  it('cannot be compared without samples, or without a server that computes them', () => {
    expect(textFor({ samples: there(undefined) })).toContain('published without sample images');
    const failure = { code: 'NOT_AVAILABLE_YET', message: 'The server does not.', traceId: undefined };
    expect(textFor({ ...computed, server: { kind: 'failed', failure } })).toContain('The server does not.');
  });

  it('stand beside the whole model, for information', () => {
    expect(textFor(computed)).toContain(
      'Of the 1 samples of these classes the composition gets 1 right; the whole model, choosing among the same classes, 1. Leaving units out moves the logits by up to 1.0.',
    );
  });
});
