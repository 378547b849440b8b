'use client';

import { Button } from '@moda/ui';
import { useEffect, useRef } from 'react';

interface NearEndProps {
  readonly onNear: () => void;
  readonly busy: boolean;
}

/** Asks for more as the end of a list comes near; by hand, too. */
export function NearEnd({ onNear, busy }: NearEndProps) {
  const place = useRef<HTMLDivElement>(null);
  const ask = useRef(onNear);
  useEffect(() => {
    ask.current = onNear;
  });
  useEffect(() => {
    const end = place.current;
    if (end === null || busy) return;
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting === true) ask.current();
      },
      { rootMargin: '1200px 0px' },
    );
    watch.observe(end);
    return () => {
      watch.disconnect();
    };
  }, [busy]);
  return (
    <div ref={place} className="m-near-end">
      <Button busy={busy} onClick={onNear}>
        Show more
      </Button>
    </div>
  );
}
