'use client';
import { AppLink, Checkbox, IconButton, StateBadge } from '@moda/ui';
import type { RunRowFragment } from '../graphql/generated/operations';
import { runFacts, runLabel } from '../runs/run-facts';

interface ComparedRunsProps {
  readonly runs: readonly RunRowFragment[];
  readonly hidden: readonly string[];
  readonly onToggle: (id: string) => void;
  readonly onRemove: (id: string) => void;
}

/** The compared runs, each of which can be switched off in the charts or taken out. */
export function ComparedRuns({ runs, hidden, onToggle, onRemove }: ComparedRunsProps) {
  return (
    <ul className="m-compared" aria-label="Compared runs">
      {runs.map((run) => {
        const { network, dataset, seed } = runFacts(run);
        return (
          <li key={run.id} className="m-compared__run">
            <Checkbox
              hideLabel
              label={`Show the curves of ${runLabel(run)}`}
              checked={!hidden.includes(run.id)}
              onChange={() => onToggle(run.id)}
            />
            <span className="m-compared__text">
              <AppLink href={`/runs/${run.id}`}>{runLabel(run)}</AppLink>
              <span className="m-muted">
                {[network, dataset, seed === null ? null : `seed ${seed}`].filter(Boolean).join(' · ')}
              </span>
            </span>
            <StateBadge state={run.state} reason={run.reason} />
            <IconButton label={`Take ${runLabel(run)} out`} onClick={() => onRemove(run.id)}>
              <svg className="m-glyph" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
                <path d="m4 4 8 8M12 4 4 12" />
              </svg>
            </IconButton>
          </li>
        );
      })}
    </ul>
  );
}
