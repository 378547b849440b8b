'use client';
import { EmptyState, ErrorNote, LiveNote, PageHeader, Skeleton } from '@moda/ui';
import { GatewayError } from '@moda/gateway-client';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { gateway } from '../gateway/browser-client';
import { RunByIdDocument } from '../graphql/generated/operations';
import { RunFrame } from './run-frame';

/** A run that could not be looked up while its page was made: it is waited for here. */
export function RunById({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  const { data, error, failureReason, refetch } = useQuery({
    queryKey: ['run', 'first', id],
    queryFn: async ({ signal }) =>
      (await gateway.askPartly(RunByIdDocument, { id }, signal)).data?.run ?? null,
  });
  if (data != null) return <RunFrame run={data}>{children}</RunFrame>;
  return (
    <>
      <PageHeader crumbs={[{ label: 'Runs', href: '/' }, { label: id.slice(0, 8) }]} title="Run" />
      {failureReason !== null && error === null && <LiveNote live={false} />}
      {error instanceof GatewayError && (
        <ErrorNote
          code={error.code}
          message={error.message}
          traceId={error.traceId}
          onRetry={() => void refetch()}
        />
      )}
      {data === null ? (
        <EmptyState title="There is no run with this id" command="npx moda runs list" />
      ) : (
        <Skeleton height="24rem" />
      )}
    </>
  );
}
