'use client';

import { Button, CopyText, TextField } from '@moda/ui';
import { useState } from 'react';
import { distrust, trust } from './trusted-keys';
import { useTrustedKeys } from './use-trusted-keys';

/** Whose signatures count for the reader of this browser, to add to and to take from. */
export function KeyList() {
  const keys = useTrustedKeys();
  return (
    <details className="m-keys">
      <summary>Keys that you trust in this browser ({keys.length})</summary>
      {keys.length > 0 && (
        <ul className="m-keys__list" aria-label="Trusted keys">
          {keys.map(({ publicKey, name }) => (
            <li key={publicKey} className="m-keys__item">
              <span className="m-keys__name">{name === '' ? 'Without a name' : name}</span>
              <CopyText text={publicKey} shown={`${publicKey.slice(0, 20)}…`} label="Copy the public key" />
              <Button
                small
                kind="quiet"
                onClick={() => {
                  distrust(publicKey);
                }}
              >
                Trust no longer
              </Button>
            </li>
          ))}
        </ul>
      )}
      <NewKey />
    </details>
  );
}

function NewKey() {
  const [publicKey, setPublicKey] = useState('');
  const [name, setName] = useState('');
  const [complaint, setComplaint] = useState<string>();

  async function add(): Promise<void> {
    const text = publicKey.trim();
    const { keyIdOf } = await import('@moda/module-format');
    try {
      keyIdOf(text);
    } catch {
      setComplaint(
        'This is no public key: it has the form ed25519:<44 characters>; moda keys show prints it.',
      );
      return;
    }
    trust({ publicKey: text, name: name.trim() });
    setPublicKey('');
    setName('');
    setComplaint(undefined);
  }

  return (
    <form
      className="m-keys__form"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextField
        label="Public key"
        mono
        required
        autoComplete="off"
        maxLength={200}
        value={publicKey}
        onChange={setPublicKey}
        placeholder="ed25519:…"
        hint={
          <>
            Its owner prints it with <code>npx moda keys show</code> and gives it to you by another way than
            this registry.
          </>
        }
        {...(complaint !== undefined && { error: complaint })}
      />
      <TextField label="Whose it is" autoComplete="off" maxLength={200} value={name} onChange={setName} />
      <Button type="submit">Trust this key</Button>
    </form>
  );
}
