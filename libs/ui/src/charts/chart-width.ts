'use client';

import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** The width of an element in pixels, live; 0 until it is in the page. */
export function useWidth<E extends HTMLElement>(): readonly [RefObject<E | null>, number] {
  const holder = useRef<E>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = holder.current;
    if (!element) return;
    const measure = () => setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [holder, width];
}

/** Changes whenever the theme does: for drawings that cannot use CSS variables. */
export function useThemeName(): string {
  const [theme, setTheme] = useState('light');
  useEffect(() => {
    const read = () => setTheme(document.documentElement.dataset.theme ?? 'light');
    read();
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  }, []);
  return theme;
}
