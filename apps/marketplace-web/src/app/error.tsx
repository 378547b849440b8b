'use client';

import { ErrorNote, PageHeader } from '@moda/ui';

interface FailedProps {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

export default function Failed({ error, reset }: FailedProps) {
  return (
    <>
      <PageHeader title="This page failed" crumbs={[{ label: 'Marketplace', href: '/' }]} />
      <ErrorNote
        code="INTERNAL"
        message="This page could not be shown; try again, and tell the code below if it stays so."
        traceId={error.digest ?? null}
        onRetry={reset}
      />
    </>
  );
}
