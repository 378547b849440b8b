'use client';

import { useEffect, useRef } from 'react';
import { isTyping } from './is-typing.js';
import { keyFor } from './stored-keys.js';

/** What a key does, by the key that has it at first: `j`, `?`, `Enter`, `Shift+A`. */
export type ShortcutMap = Readonly<Record<string, (event: KeyboardEvent) => void>>;

export interface ShortcutOptions {
  readonly enabled?: boolean;
}

/** Listens for single keys on the whole page. They are off where text is typed, in dialogs, and with Ctrl, Alt or Meta. */
export function useShortcuts(map: ShortcutMap, { enabled = true }: ShortcutOptions = {}): void {
  const current = useRef(map);
  useEffect(() => {
    current.current = map;
  });
  useEffect(() => {
    if (!enabled) return;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      const found = Object.keys(current.current).find((key) => keyFor(key) === event.key);
      if (found === undefined) return;
      event.preventDefault();
      current.current[found]?.(event);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [enabled]);
}
