'use client';
import { useEffect, useRef } from 'react';

/** What has a use for Enter itself. */
const useOfTheirOwn = 'a, button, input, select, textarea, summary, dialog, [role=region]';

/** Enter, where nothing else has a use for it: no link, button or field has the focus. */
export function useEnterKey(onEnter: () => void): void {
  const latest = useRef(onEnter);
  useEffect(() => {
    latest.current = onEnter;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
      const { target } = event;
      if (target instanceof Element && target.closest(useOfTheirOwn)) return;
      latest.current();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
