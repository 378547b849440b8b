'use client';

import { type KeyboardEvent, useState, useSyncExternalStore } from 'react';
import { Button } from '../controls/button.js';
import { Dialog } from '../overlay/dialog.js';
import { useShortcuts } from './shortcuts.js';
import { defaultKeys, readKeys, storeKey, watchKeys } from './stored-keys.js';

export interface Shortcut {
  /** The key that has it at first. */
  readonly key: string;
  /** What it does: "Move down". */
  readonly does: string;
}

export interface ShortcutHelpProps {
  readonly shortcuts: readonly Shortcut[];
}

/** The keys of this page, shown on `?`; each can be given another key, which this browser keeps. */
export function ShortcutHelp({ shortcuts }: ShortcutHelpProps) {
  const [open, setOpen] = useState(false);
  const [waiting, setWaiting] = useState<string | null>(null);
  const keys = useSyncExternalStore(watchKeys, readKeys, () => defaultKeys);
  useShortcuts({ '?': () => setOpen(true) });
  const shown = (key: string) => keys[key] ?? key;
  const take = (event: KeyboardEvent, original: string) => {
    if (waiting !== original) return;
    if (event.key === 'Tab') {
      setWaiting(null);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    // Shift alone is on the way to a key.
    if (event.key === 'Shift') return;
    const taken = shortcuts.some(({ key }) => key !== original && shown(key) === event.key);
    if (event.key !== 'Escape' && !taken) storeKey(original, event.key);
    if (!taken) setWaiting(null);
  };
  return (
    <Dialog
      open={open}
      onClose={() => {
        setOpen(false);
        setWaiting(null);
      }}
      title="Keys"
    >
      <dl className="m-keys">
        {[...shortcuts, { key: '?', does: 'Show the keys' }].map(({ key, does }) => (
          <div key={key} className="m-keys__item">
            <dt>{does}</dt>
            <dd className="m-keys__row">
              <kbd>{shown(key)}</kbd>
              <Button
                small
                kind="quiet"
                aria-label={`Change the key: ${does}`}
                onClick={() => setWaiting(key)}
                onBlur={() => setWaiting(null)}
                onKeyDown={(event) => take(event, key)}
              >
                {waiting === key ? 'Press a free key' : 'Change'}
              </Button>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
