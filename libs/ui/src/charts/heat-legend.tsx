import { heatSteps } from './heat-steps.js';

interface HeatLegendProps {
  readonly kind: 'heat' | 'diverging';
  readonly domain: readonly [number, number];
  readonly format: (value: number) => string;
}

const stepWidth = 20;

/** What the colours of a map mean. */
export function HeatLegend({ kind, domain: [low, high], format }: HeatLegendProps) {
  return (
    <div className="m-heat__legend">
      <span>{format(low)}</span>
      <svg width={heatSteps * stepWidth} height={12} aria-hidden="true">
        {Array.from({ length: heatSteps }, (_, step) => (
          <rect
            key={step}
            x={step * stepWidth}
            width={stepWidth}
            height={12}
            className={`m-${kind}-${step}`}
          />
        ))}
      </svg>
      <span>{format(high)}</span>
    </div>
  );
}
