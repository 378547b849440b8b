'use client';

import { useCallback, useInsertionEffect, useRef } from 'react';

/** A function that never changes and always does what the last render wanted. Only for what events call. */
export function useLatest<A extends readonly unknown[]>(act: (...given: A) => void): (...given: A) => void {
  const latest = useRef(act);
  useInsertionEffect(() => {
    latest.current = act;
  });
  return useCallback((...given: A) => latest.current(...given), []);
}
