'use client';
import { Button } from '@moda/ui';
import { useState } from 'react';

/** Forgets the token of this browser, and what was read with it and kept for a time without a network, and begins anew. */
export function SignOutButton() {
  const [busy, setBusy] = useState(false);
  const signOut = async (): Promise<void> => {
    setBusy(true);
    await fetch('/api/session', { method: 'DELETE' });
    if ('caches' in window) await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
    window.location.assign('/login');
  };
  return (
    <Button kind="quiet" busy={busy} onClick={() => void signOut()}>
      Sign out
    </Button>
  );
}
