import type { Metadata } from 'next';
import { PublishPage } from '../../publishing/publish-page';
import { publishableRuns, runToPublish } from '../../publishing/publish-questions';
import { FirstPaint } from '../../server/first-paint';

export const metadata: Metadata = { title: 'Publish a run' };

interface Address {
  readonly searchParams: Promise<{ readonly run?: string | string[] }>;
}

export default async function Page({ searchParams }: Address) {
  const { run } = await searchParams;
  const runId = typeof run === 'string' && run !== '' ? run : undefined;
  return (
    <FirstPaint
      ask={(queries, gateway) => [
        runId === undefined
          ? queries.query(publishableRuns(gateway, ''))
          : queries.query(runToPublish(gateway, runId)),
      ]}
    >
      <PublishPage runId={runId} />
    </FirstPaint>
  );
}
