'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';

/** Pages nearer than this to what is seen are drawn (CSS length). */
const nearBy = '1500px';

interface WindowedPageProps {
  /** Says which results stand here: "Results 49 to 96". */
  readonly label: string;
  readonly children: ReactNode;
}

/**
 * A page of results that is drawn while it is near the window and leaves a place of its height otherwise: thousands of cards cost what some dozens cost.
 * A page that was never drawn has no height to leave, so each is drawn at first, also on the server.
 */
export function WindowedPage({ label, children }: WindowedPageProps) {
  const place = useRef<HTMLUListElement>(null);
  const [emptyHeight, setEmptyHeight] = useState<number | undefined>(undefined);
  useEffect(() => {
    const list = place.current;
    if (list === null) return;
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (entry === undefined) return;
        const holdsFocus = list.contains(document.activeElement);
        setEmptyHeight(entry.isIntersecting || holdsFocus ? undefined : entry.boundingClientRect.height);
      },
      { rootMargin: `${nearBy} 0px` },
    );
    watch.observe(list);
    return () => {
      watch.disconnect();
    };
  }, []);
  return (
    <ul ref={place} className="m-cards" aria-label={label} style={{ height: emptyHeight }}>
      {emptyHeight === undefined && children}
    </ul>
  );
}
