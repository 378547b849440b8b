'use client';
import { ErrorNote, PageHeader } from '@moda/ui';

/** What is shown where a page itself is broken. */
export default function ErrorPage({ error, reset }: { readonly error: Error; readonly reset: () => void }) {
  return (
    <>
      <PageHeader title="This page failed" />
      <ErrorNote
        code="PAGE_FAILED"
        message={`The page could not be shown (${error.message}); try again, or load it anew.`}
        onRetry={reset}
      />
    </>
  );
}
