'use client';

import {
  AppLink,
  ButtonLink,
  DataTable,
  DateTime,
  EmptyState,
  formatAccuracy,
  SearchField,
  Section,
  Skeleton,
} from '@moda/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { gateway } from '../gateway/browser-client';
import { FailureNote } from '../gateway/failure-note';
import { versionHref } from '../references/version-reference';
import { useLater } from '../search/use-later';
import { publishableRuns } from './publish-questions';
import { runWords } from './run-words';

const restMs = 120;

/** Runs that can be published, the newest first. */
export function RunList() {
  const [text, setText] = useState('');
  const { data, error, isPending, refetch } = useQuery(publishableRuns(gateway, useLater(text, restMs)));
  const runs = data?.edges.map(({ node }) => node) ?? [];
  if (error !== null)
    return (
      <FailureNote
        error={error}
        onRetry={() => {
          void refetch();
        }}
      />
    );
  if (isPending) return <Skeleton lines={8} height="2.25rem" />;
  if (runs.length === 0 && text === '')
    return (
      <EmptyState
        title="No run has succeeded yet."
        command="npx moda runs submit --dataset digits --method moda"
      >
        A run that has succeeded can be published.
      </EmptyState>
    );
  return (
    <Section
      title="Which run?"
      subtitle="Runs that have succeeded, the newest first."
      actions={<SearchField label="Name, experiment or id" value={text} onChange={setText} shortcut="/" />}
    >
      <DataTable
        caption="Runs that can be published"
        rows={runs}
        rowKey={({ id }) => id}
        emptyText="No run is called so."
        columns={[
          {
            key: 'name',
            header: 'Run',
            cell: ({ id, name }) => <a href={`/runs/${encodeURIComponent(id)}`}>{name ?? id.slice(0, 8)}</a>,
          },
          { key: 'experiment', header: 'Experiment', cell: ({ experimentName }) => experimentName },
          { key: 'what', header: 'What it did', cell: (run) => runWords(run) },
          {
            key: 'accuracy',
            header: 'Accuracy',
            align: 'end',
            cell: ({ outcome }) => formatAccuracy(outcome?.accuracy),
          },
          { key: 'ended', header: 'Ended', cell: ({ endedAt }) => <DateTime value={endedAt} /> },
          {
            key: 'versions',
            header: 'Published as',
            cell: ({ versions }) =>
              (versions ?? []).map(({ id, reference }) => (
                <AppLink key={id} href={versionHref(reference)}>
                  {reference}
                </AppLink>
              )),
          },
          {
            key: 'choose',
            header: 'Publish',
            cell: ({ id, name }) => (
              <ButtonLink
                small
                href={`/publish?run=${encodeURIComponent(id)}`}
                aria-label={`Choose ${name ?? id}`}
              >
                Choose
              </ButtonLink>
            ),
          },
        ]}
      />
    </Section>
  );
}
