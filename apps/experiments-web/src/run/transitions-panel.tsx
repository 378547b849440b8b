'use client';
import { DateTime, formatSeconds, StateBadge } from '@moda/ui';
import { useFollowedRun } from './run-context';

/** Every state the run was in, the first one first, with how long it was in each. */
export function TransitionsPanel() {
  const { run } = useFollowedRun();
  const transitions = run.transitions ?? [];
  return (
    <ol className="m-timeline">
      {transitions.map(({ at, to, reason }, index) => {
        const next = transitions[index + 1];
        return (
          <li key={`${at} ${to}`} className="m-timeline__item">
            <StateBadge state={to} />
            <span className="m-timeline__reason">{reason}</span>
            <span className="m-muted">
              <DateTime value={at} />
              {next !== undefined && `, for ${formatSeconds(secondsBetween(at, next.at))}`}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function secondsBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}
