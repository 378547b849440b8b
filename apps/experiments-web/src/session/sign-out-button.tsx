'use client';
import { Button } from '@moda/ui';
import { useState } from 'react';

/** Forgets the token of this browser and begins anew. */
export function SignOutButton() {
  const [busy, setBusy] = useState(false);
  const signOut = async (): Promise<void> => {
    setBusy(true);
    await fetch('/api/session', { method: 'DELETE' });
    window.location.assign('/login');
  };
  return (
    <Button kind="quiet" busy={busy} onClick={() => void signOut()}>
      Sign out
    </Button>
  );
}
