import type { SignatureState } from '@moda/module-format';
import type { Tone } from '@moda/ui';

/** What a signature is worth, in words. */
export interface SignatureWords {
  readonly tone: Tone;
  readonly badge: string;
  readonly sentence: string;
}

export function signatureWords(state: SignatureState): SignatureWords {
  switch (state.state) {
    case 'unsigned':
      return { tone: 'warn', badge: 'Not signed', sentence: 'Nobody vouches for these files.' };
    case 'unknownKey':
      return {
        tone: 'neutral',
        badge: 'Unknown key',
        sentence: `Signed by the key ${state.keyId}, which is not among those that you trust in this browser, so it could be anybody's.`,
      };
    case 'trusted':
      return {
        tone: 'good',
        badge: 'Verified',
        sentence: `Signed by ${named(state)}, which was checked in this page: the signature covers the list of files and, by their digests, every byte.`,
      };
    case 'wrong':
      return {
        tone: 'bad',
        badge: 'Broken',
        sentence: `The signature names the key ${state.keyId}, which you trust, but that key did not sign these files; do not use them, and tell their publisher.`,
      };
  }
}

function named({ name, keyId }: { readonly name?: string; readonly keyId: string }): string {
  return name === undefined || name === '' ? `the key ${keyId}` : `${name} (${keyId})`;
}
