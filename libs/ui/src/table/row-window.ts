'use client';

import { type RefObject, useEffect, useState } from 'react';

interface RowWindowOptions {
  readonly frame: RefObject<HTMLElement | null>;
  readonly count: number;
  /** Pixels. */
  readonly rowHeight: number;
  readonly headerHeight: number;
}

/** Which rows are drawn. */
export interface RowWindow {
  /** The first drawn row, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** Scrolls a row into sight, no further than needed. */
  readonly scrollTo: (place: number) => void;
}

/** Rows drawn beyond the edge on both sides, so that a quick wheel meets no blank. */
const overscan = 8;

/** Rows change in groups: between two groups the browser scrolls alone, and nothing is drawn anew. */
const group = 4;

/** The server does not know the window; it draws this much. */
const firstHeight = 720;

/** The rows in sight of a scrolled frame; all are equally high, so that nothing needs to be measured. */
export function useRowWindow({ frame, count, rowHeight, headerHeight }: RowWindowOptions): RowWindow {
  const [start, setStart] = useState(0);
  const [height, setHeight] = useState(firstHeight);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const look = () => {
      setStart(Math.floor(element.scrollTop / rowHeight / group) * group);
      setHeight(element.clientHeight || firstHeight);
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [frame, rowHeight]);

  const visible = group + Math.ceil(height / rowHeight);
  // A table that became shorter while it was scrolled down shows its end.
  const first = Math.max(0, Math.min(start, count - visible));
  return {
    from: Math.max(0, first - overscan),
    to: Math.min(count, first + visible + overscan),
    scrollTo: (place) => {
      const element = frame.current;
      if (!element) return;
      const above = place * rowHeight;
      const below = headerHeight + above + rowHeight - element.clientHeight;
      if (element.scrollTop > above) element.scrollTop = above;
      else if (element.scrollTop < below) element.scrollTop = below;
    },
  };
}
