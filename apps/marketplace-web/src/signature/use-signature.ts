'use client';

import type { SignatureState } from '@moda/module-format';
import { useQuery } from '@tanstack/react-query';
import type { SignedOffer } from './check-signature';
import { useTrustedKeys } from './use-trusted-keys';

/** A check that is under way, done, or cannot be done. */
export interface SignatureCheck {
  readonly state: SignatureState | undefined;
  readonly error: Error | null;
}

/** Checks a signature in this page, anew when the reader's keys change. */
export function useSignature(offer: SignedOffer | undefined): SignatureCheck {
  const trusted = useTrustedKeys();
  const { data, error } = useQuery({
    queryKey: ['signature', offer?.digest, offer?.signature ?? null, trusted],
    queryFn: async () => {
      // Curves are large, and no page needs them to be shown.
      const { checkSignature } = await import('./check-signature');
      return checkSignature(offer!, trusted);
    },
    enabled: offer !== undefined,
    staleTime: Infinity,
    // Nothing is asked of a network that could be away.
    networkMode: 'always',
  });
  return { state: data, error };
}
