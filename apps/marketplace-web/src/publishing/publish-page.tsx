'use client';

import { AppLink, EmptyState, KeyValues, PageHeader, Section, Skeleton, StateBadge } from '@moda/ui';
import { useQuery } from '@tanstack/react-query';
import { gateway } from '../gateway/browser-client';
import { FailureNote } from '../gateway/failure-note';
import { versionHref } from '../references/version-reference';
import { PublishForm } from './publish-form';
import { runToPublish } from './publish-questions';
import { RunList } from './run-list';
import { runWords } from './run-words';

/** From a run to a published model: choose the run, name it, see what is checked, publish. */
export function PublishPage({ runId }: { readonly runId: string | undefined }) {
  return (
    <>
      <PageHeader
        title="Publish a run"
        crumbs={[
          { label: 'Marketplace', href: '/' },
          { label: 'Publish', ...(runId === undefined ? {} : { href: '/publish' }) },
        ]}
        subtitle="Its model, and with it the module of every class, can then be found, composed and pulled by others."
      />
      {runId === undefined ? <RunList /> : <ChosenRun key={runId} id={runId} />}
    </>
  );
}

function ChosenRun({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useQuery(runToPublish(gateway, id));
  if (isPending) return <Skeleton lines={8} height="2.25rem" />;
  if (error !== null)
    return (
      <FailureNote
        error={error}
        onRetry={() => {
          void refetch();
        }}
      />
    );
  const { run, me } = data;
  if (run === null)
    return (
      <EmptyState
        title="There is no such run."
        command="npx moda runs list"
        actions={<AppLink href="/publish">Choose a run</AppLink>}
      >
        Its id may be incomplete.
      </EmptyState>
    );
  return (
    <>
      <Section title="The run">
        <KeyValues
          items={[
            { name: 'Run', value: <a href={`/runs/${encodeURIComponent(run.id)}`}>{run.name ?? run.id}</a> },
            { name: 'State', value: <StateBadge state={run.state} reason={run.reason} showReason /> },
            { name: 'What it did', value: runWords(run) },
            { name: 'Computed on', value: run.device ?? 'not told' },
            ...((run.versions ?? []).length === 0
              ? []
              : [
                  {
                    name: 'Published as',
                    value: (run.versions ?? []).map(({ id: versionId, reference }) => (
                      <AppLink key={versionId} href={versionHref(reference)}>
                        {reference}
                      </AppLink>
                    )),
                  },
                ]),
          ]}
        />
      </Section>
      <PublishForm run={run} me={me} />
    </>
  );
}
