'use client';

import { seriesLook } from './series-look.js';

export function LineSample({ colour, dash }: { readonly colour: string; readonly dash: string | undefined }) {
  return (
    <svg width="28" height="10" viewBox="0 0 28 10" aria-hidden="true">
      <path d="M0 5h28" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
    </svg>
  );
}

interface LegendLine {
  readonly id: string;
  readonly label: string;
  readonly dash?: string;
}

interface LineLegendProps {
  readonly series: readonly LegendLine[];
  readonly hidden: ReadonlySet<string>;
  readonly onHide: (hidden: ReadonlySet<string>) => void;
  /** Id of the line that stands out in the chart. */
  readonly pointed?: string | null;
  /** The pointer or the keyboard has come to a line, or has left it. */
  readonly onPoint?: (id: string | null) => void;
}

/** Which line is which; pressing one takes it out of the chart and brings it back. */
export function LineLegend({ series, hidden, onHide, pointed, onPoint }: LineLegendProps) {
  return (
    <ul className="m-chart__legend" aria-label="Lines">
      {series.map(({ id, label, dash }, place) => {
        const look = seriesLook(place);
        return (
          <li key={id}>
            <button
              type="button"
              className={`m-chart__series ${pointed === id ? 'm-chart__series--pointed' : ''}`}
              aria-pressed={!hidden.has(id)}
              title={label}
              onPointerEnter={() => onPoint?.(id)}
              onPointerLeave={() => onPoint?.(null)}
              onFocus={() => onPoint?.(id)}
              onBlur={() => onPoint?.(null)}
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
