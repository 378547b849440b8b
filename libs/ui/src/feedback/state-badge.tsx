import type { Tone } from './badge.js';

export interface StateBadgeProps {
  /** A state of a run, in any case: `running`, `RUNNING`. One that is not known is shown as it is. */
  readonly state: string;
  /** Why, in words. */
  readonly reason?: string | null;
  /** Show the reason beside the state, not on hover only. */
  readonly showReason?: boolean;
  readonly className?: string;
}

interface StateLook {
  readonly tone: Tone;
  /** A path in a box of 16 x 16; each state has a shape of its own, so that none is known by its colour alone. */
  readonly glyph: string;
  readonly filled?: boolean;
}

/** How the states of a run look. */
export const stateLooks: Readonly<Record<string, StateLook>> = {
  queued: { tone: 'neutral', glyph: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M8 5v3.2L10.2 10' },
  admitted: { tone: 'info', glyph: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11' },
  starting: { tone: 'info', glyph: 'M8 2.5a5.5 5.5 0 1 0 5.5 5.5M8 5.5V8h2.5' },
  running: { tone: 'info', glyph: 'M4.5 2.5v11l9-5.5z', filled: true },
  checkpointing: { tone: 'info', glyph: 'M8 2v7M5 6.5 8 9.5l3-3M3 13.5h10' },
  succeeded: { tone: 'good', glyph: 'm2.5 8.5 3.5 3.5 7.5-8' },
  failed: { tone: 'bad', glyph: 'm3.5 3.5 9 9M12.5 3.5l-9 9' },
  cancelled: { tone: 'neutral', glyph: 'M4 4h8v8H4z', filled: true },
  preempted: { tone: 'warn', glyph: 'M5.5 3v10M10.5 3v10' },
  interrupted: { tone: 'warn', glyph: 'M9 1.5 4 9h4l-1 5.5L12 7H8z', filled: true },
};

const unknownLook: StateLook = { tone: 'neutral', glyph: 'M3 8h10' };

/** The state of a run: word, shape and colour, with its reason. */
export function StateBadge({ state, reason, showReason, className = '' }: StateBadgeProps) {
  const name = state.toLowerCase();
  const { tone, glyph, filled } = stateLooks[name] ?? unknownLook;
  return (
    <span className={`m-state ${className}`}>
      <span className={`m-badge m-badge--${tone}`} title={reason ?? undefined}>
        <svg
          className={filled ? 'm-glyph m-glyph--filled' : 'm-glyph'}
          viewBox="0 0 16 16"
          width="12"
          height="12"
          aria-hidden="true"
        >
          <path d={glyph} />
        </svg>
        {name}
      </span>
      {showReason && reason && <span className="m-state__reason">{reason}</span>}
    </span>
  );
}
