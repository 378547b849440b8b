'use client';
import { AppLink, CopyText, DateTime, KeyValues, Section } from '@moda/ui';
import { useFollowedRun } from './run-context';
import { specItems } from './spec-items';

/** What was asked for, and where and when it ran. */
export function FactsPanel() {
  const { run } = useFollowedRun();
  return (
    <>
      <Section
        title="Configuration"
        actions={<AppLink href={`/new?from=${run.id}`}>Use for a new run</AppLink>}
      >
        <KeyValues items={[...specItems(run.task), ...specItems(run.spec)]} />
      </Section>
      <Section title="Run">
        <KeyValues
          items={[
            { name: 'Id', value: <CopyText text={run.id} label="Copy the id" /> },
            { name: 'Submitted by', value: run.user },
            { name: 'Created', value: <DateTime value={run.createdAt} /> },
            { name: 'Started', value: <DateTime value={run.startedAt} /> },
            { name: 'Ended', value: <DateTime value={run.endedAt} /> },
            { name: 'Device', value: run.device ?? 'not chosen yet' },
            { name: 'Attempt', value: run.attempt },
            { name: 'Priority', value: run.priority },
            { name: 'Trace', value: <CopyText text={run.traceId} label="Copy the trace id" /> },
          ]}
        />
      </Section>
    </>
  );
}
