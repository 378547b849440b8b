export interface SkeletonProps {
  /** CSS lengths, or pixels as numbers. */
  readonly width?: number | string;
  readonly height?: number | string;
  /** Lines of text. */
  readonly lines?: number;
  readonly className?: string;
}

/** Holds the place of what is on its way, in its final size. Screen readers hear nothing of it. */
export function Skeleton({ width = '100%', height, lines = 1, className = '' }: SkeletonProps) {
  return (
    <span className={`m-skeleton ${className}`} aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="m-skeleton__line" style={{ width, height }} />
      ))}
    </span>
  );
}
