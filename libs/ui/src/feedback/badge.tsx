import type { ReactNode } from 'react';

export type Tone = 'neutral' | 'good' | 'warn' | 'bad' | 'info';

export interface BadgeProps {
  readonly tone?: Tone;
  readonly children: ReactNode;
  /** Said on hover. */
  readonly title?: string;
  readonly className?: string;
}

/** A word or a number that is found at a glance. The colour says nothing that the text does not. */
export function Badge({ tone = 'neutral', children, title, className = '' }: BadgeProps) {
  return (
    <span className={`m-badge m-badge--${tone} ${className}`} title={title}>
      {children}
    </span>
  );
}
