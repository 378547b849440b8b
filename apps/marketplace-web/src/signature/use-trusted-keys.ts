'use client';

import { useSyncExternalStore } from 'react';
import { type KeptKey, noTrustedKeys, onTrustedKeys, trustedKeys } from './trusted-keys';

/** The keys that the reader of this browser trusts, in every tab the same. */
export function useTrustedKeys(): readonly KeptKey[] {
  return useSyncExternalStore(onTrustedKeys, trustedKeys, noTrustedKeys);
}
