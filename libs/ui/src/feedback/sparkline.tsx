export interface SparklineProps {
  /** Evenly spaced; null leaves a gap. */
  readonly points: readonly (number | null)[];
  /** What the line is and where it ends: "accuracy, now 93.1 %". */
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
  readonly className?: string;
}

/** A curve as small as a word, for a cell of a table. */
export function Sparkline({ points, label, width = 96, height = 24, className = '' }: SparklineProps) {
  return (
    <svg
      className={`m-sparkline ${className}`}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <path d={sparkPath(points, width, height)} />
    </svg>
  );
}

function sparkPath(points: readonly (number | null)[], width: number, height: number): string {
  const known = points.filter((value) => value !== null);
  const low = Math.min(...known);
  const range = Math.max(...known) - low;
  const inset = 2;
  const stepX = (width - 2 * inset) / Math.max(1, points.length - 1);
  let pen = 'M';
  return points
    .map((value, index) => {
      if (value === null) {
        pen = 'M';
        return '';
      }
      const share = range === 0 ? 0.5 : (value - low) / range;
      const place = `${pen}${(inset + index * stepX).toFixed(1)} ${(height - inset - share * (height - 2 * inset)).toFixed(1)}`;
      pen = 'L';
      return place;
    })
    .join('');
}
