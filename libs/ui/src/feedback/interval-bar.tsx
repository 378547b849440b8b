export interface IntervalBarProps {
  /** What is measured: "Gain on class 3". */
  readonly label: string;
  readonly mean: number;
  readonly lower: number;
  readonly upper: number;
  /** Draw the line of no change. */
  readonly zero?: boolean;
  readonly format: (value: number) => string;
  /** The ends of the scale; without them the interval and zero fill it. Give the same to bars that are compared. */
  readonly domain?: readonly [number, number];
  readonly className?: string;
}

/** Where an interval lies against zero. */
export type Verdict = 'above' | 'below' | 'across';

const verdicts: Readonly<Record<Verdict, string>> = {
  above: 'above zero',
  below: 'below zero',
  across: 'includes zero',
};

/** An interval against zero: it says in words, too, whether zero lies inside. */
export function IntervalBar(props: IntervalBarProps) {
  const { label, mean, lower, upper, zero = true, format, domain, className = '' } = props;
  const verdict = verdictOf(lower, upper);
  const [low, high] = domain ?? scaleOf(lower, upper, zero);
  const share = (value: number) => Math.min(100, Math.max(0, ((value - low) / (high - low || 1)) * 100));
  return (
    <div className={`m-interval ${zero ? `m-interval--${verdict}` : ''} ${className}`}>
      <span className="m-interval__label">{label}</span>
      <span className="m-interval__track" aria-hidden="true">
        {zero && <span className="m-interval__zero" style={{ left: `${share(0)}%` }} />}
        <span
          className="m-interval__range"
          style={{ left: `${share(lower)}%`, width: `${share(upper) - share(lower)}%` }}
        />
        <span className="m-interval__mean" style={{ left: `${share(mean)}%` }} />
      </span>
      <span className="m-interval__numbers">
        {format(mean)} [{format(lower)}, {format(upper)}]
        {zero && <span className="m-interval__verdict"> {verdicts[verdict]}</span>}
      </span>
    </div>
  );
}

/** An interval that touches zero includes it. */
export function verdictOf(lower: number, upper: number): Verdict {
  if (lower > 0) return 'above';
  return upper < 0 ? 'below' : 'across';
}

/** Interval and zero with a tenth of air at both ends. */
function scaleOf(lower: number, upper: number, zero: boolean): readonly [number, number] {
  const low = zero ? Math.min(0, lower) : lower;
  const high = zero ? Math.max(0, upper) : upper;
  const air = (high - low || 1) / 10;
  return [low - air, high + air];
}
