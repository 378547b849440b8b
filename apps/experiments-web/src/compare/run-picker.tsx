'use client';
import { Button, SearchField, StateBadge } from '@moda/ui';
import { useState } from 'react';
import { useKnownRuns } from '../run-store/run-store-context';
import { useAllRuns } from '../run-store/use-all-runs';
import { filterRuns } from '../runs/filter-runs';
import { runLabel } from '../runs/run-facts';
import { emptyFilter } from '../runs/table-state';
import { maxCompared } from './compare-state';

/** As many runs are offered at once. */
const maxOffered = 8;

/** Finds runs to add to the comparison. */
export function RunPicker(props: {
  readonly chosen: readonly string[];
  readonly onAdd: (id: string) => void;
}) {
  const { chosen, onAdd } = props;
  const [text, setText] = useState('');
  // All runs are looked up once somebody is about to search: the curves do not wait for that.
  const [isWanted, setWanted] = useState(false);
  const { isLoading } = useAllRuns('no', isWanted);
  const known = useKnownRuns();
  const offered =
    text.trim() === ''
      ? []
      : filterRuns(known, { ...emptyFilter, q: text })
          .filter(({ id }) => !chosen.includes(id))
          .slice(0, maxOffered);
  const isFull = chosen.length >= maxCompared;
  return (
    <div className="m-picker" onFocus={() => setWanted(true)}>
      <SearchField
        label="Search a run to add"
        placeholder="Add a run: name, id, experiment"
        shortcut="/"
        value={text}
        onChange={setText}
        onSubmit={() => {
          if (offered[0] === undefined || isFull) return;
          onAdd(offered[0].id);
          setText('');
        }}
      />
      {text.trim() !== '' && (
        <ul className="m-picker__list" aria-label="Runs found">
          {offered.map((run) => (
            <li key={run.id}>
              <Button
                kind="quiet"
                disabled={isFull}
                onClick={() => {
                  onAdd(run.id);
                  setText('');
                }}
              >
                Add {runLabel(run)} ({run.experimentName})
              </Button>
              <StateBadge state={run.state} />
            </li>
          ))}
          {offered.length === 0 && (
            <li className="m-muted">
              {isLoading ? 'Looking for runs.' : 'No other run has this in its name.'}
            </li>
          )}
          {isFull && (
            <li className="m-muted">{maxCompared} runs are compared already; take one out first.</li>
          )}
        </ul>
      )}
    </div>
  );
}
