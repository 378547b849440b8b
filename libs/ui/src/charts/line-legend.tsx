'use client';

import type { LineSeries } from './line-chart.js';
import { seriesLook } from './series-look.js';

export function LineSample({ colour, dash }: { readonly colour: string; readonly dash: string | undefined }) {
  return (
    <svg width="28" height="10" viewBox="0 0 28 10" aria-hidden="true">
      <path d="M0 5h28" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
    </svg>
  );
}

interface LineLegendProps {
  readonly series: readonly LineSeries[];
  readonly hidden: ReadonlySet<string>;
  readonly onHide: (hidden: ReadonlySet<string>) => void;
}

/** Which line is which; pressing one takes it out of the chart and brings it back. */
export function LineLegend({ series, hidden, onHide }: LineLegendProps) {
  return (
    <ul className="m-chart__legend" aria-label="Lines">
      {series.map(({ id, label, dash }, place) => {
        const look = seriesLook(place);
        return (
          <li key={id}>
            <button
              type="button"
              className="m-chart__series"
              aria-pressed={!hidden.has(id)}
              title={label}
              onClick={() => {
                const next = new Set(hidden);
                if (!next.delete(id)) next.add(id);
                onHide(next);
              }}
            >
              <LineSample colour={look.colour} dash={dash ?? look.dash} />
              <span>{label}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
