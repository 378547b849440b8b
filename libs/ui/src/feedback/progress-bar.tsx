export interface ProgressBarProps {
  /** How much is done, in 0..1; null while that is not known. */
  readonly share: number | null;
  readonly label: string;
  /** Show the label and the share above the bar. */
  readonly showLabel?: boolean;
  readonly className?: string;
}

/** How far something is. */
export function ProgressBar({ share, label, showLabel, className = '' }: ProgressBarProps) {
  const percent = share === null ? null : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div className={`m-progress ${className}`}>
      {showLabel && (
        <div className="m-progress__head" aria-hidden="true">
          <span>{label}</span>
          {percent !== null && <span>{percent} %</span>}
        </div>
      )}
      <progress className="m-progress__bar" aria-label={label} max={100} value={percent ?? undefined} />
    </div>
  );
}
