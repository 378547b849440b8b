import { ButtonLink, EmptyState, PageHeader } from '@moda/ui';

export default function NotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState
        title="There is nothing at this address"
        command="npx moda runs list"
        actions={<ButtonLink href="/">See all runs</ButtonLink>}
      >
        A run keeps its address for good; perhaps a sign of it was lost.
      </EmptyState>
    </>
  );
}
