'use client';
import { Button, DataTable, DateTime, EmptyState, formatAccuracy, SearchField } from '@moda/ui';
import { useState } from 'react';
import type { RepairRunFragment } from '../../graphql/generated/operations';
import { describeRun, matchesText } from '../model/describe-run';

export interface ChooseWeakProps {
  readonly runs: readonly RepairRunFragment[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

/** Rows in sight; the search finds the others. */
const shown = 8;

/** The model that is to be repaired. */
export function ChooseWeak({ runs, chosen, onChoose }: ChooseWeakProps) {
  const [text, setText] = useState('');
  if (runs.length === 0)
    return (
      <EmptyState
        title="No run has succeeded yet."
        command="npx moda runs submit --arch lenet5 --epochs 10 --watch"
      >
        A repair takes a weak model and a strong one.
      </EmptyState>
    );
  const found = runs.filter((run) => matchesText(run, text));
  const current = runs.find(({ id }) => id === chosen);
  const rows = [
    ...(current && !found.slice(0, shown).includes(current) ? [current] : []),
    ...found.slice(0, shown),
  ];
  return (
    <div className="m-stack">
      {runs.length > shown && (
        <SearchField
          label="Search runs by name, network, data set or id"
          value={text}
          onChange={setText}
          shortcut="/"
        />
      )}
      <DataTable
        caption="Runs whose model can be repaired"
        rows={rows}
        rowKey={({ id }) => id}
        isEmphasised={({ id }) => id === chosen}
        emptyText="No run matches."
        columns={[
          {
            key: 'choose',
            header: 'Choose',
            cell: (run) => (
              <ChooseButton
                isChosen={run.id === chosen}
                label={describeRun(run).label}
                onChoose={() => onChoose(run.id)}
              />
            ),
          },
          {
            key: 'run',
            header: 'Run',
            cell: (run) => <a href={`/runs/${run.id}`}>{describeRun(run).label}</a>,
          },
          {
            key: 'accuracy',
            header: 'Accuracy',
            align: 'end',
            cell: (run) => formatAccuracy(run.outcome?.accuracy),
          },
          { key: 'what', header: 'Network and data', cell: (run) => describeRun(run).what },
          { key: 'created', header: 'Submitted', cell: (run) => <DateTime value={run.createdAt} /> },
        ]}
      />
      {found.length > shown && <p className="m-muted">{found.length - shown} more; search to find them.</p>}
    </div>
  );
}

export interface ChooseButtonProps {
  readonly isChosen: boolean;
  /** What is chosen; said to screen readers. */
  readonly label: string;
  readonly onChoose: () => void;
}

/** One of several rows. */
export function ChooseButton({ isChosen, label, onChoose }: ChooseButtonProps) {
  return (
    <Button small kind={isChosen ? 'primary' : 'plain'} aria-pressed={isChosen} onClick={onChoose}>
      {isChosen && <span aria-hidden="true">✓</span>} {isChosen ? 'Chosen' : 'Choose'}{' '}
      <span className="m-visually-hidden">{label}</span>
    </Button>
  );
}
