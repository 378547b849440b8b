'use client';

import { useEffect, useState } from 'react';

/** The value as it was when it had rested for a while (ms): a question for every word and not for every letter. */
export function useLater<Value>(value: Value, restMs: number): Value {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setLater(value);
    }, restMs);
    return () => {
      clearTimeout(timer);
    };
  }, [value, restMs]);
  return later;
}
