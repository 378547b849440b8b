'use client';
import { useEffect, useState } from 'react';

/** The time, in milliseconds since 1970, anew every so often; undefined at first, so that server and page draw the same. */
export function useNow(everyMs: number): number | undefined {
  const [now, setNow] = useState<number | undefined>(undefined);
  useEffect(() => {
    const tell = (): void => setNow(Date.now());
    const first = setTimeout(tell, 0);
    const timer = setInterval(tell, everyMs);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [everyMs]);
  return now;
}
