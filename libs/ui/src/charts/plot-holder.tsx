'use client';

import { useLayoutEffect, useRef } from 'react';

interface PlotHolderProps {
  /** What was drawn; null before the width is known. */
  readonly plot: Element | null;
  readonly label: string;
}

/** Puts a finished drawing into the page, in one step, so that a new one takes the place of the old without a blank between. */
export function PlotHolder({ plot, label }: PlotHolderProps) {
  const holder = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    holder.current?.replaceChildren(...(plot ? [plot] : []));
  }, [plot]);
  return <div ref={holder} role="img" aria-label={label} />;
}
