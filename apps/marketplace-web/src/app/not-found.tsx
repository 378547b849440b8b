import { ButtonLink, EmptyState, PageHeader } from '@moda/ui';

export default function NotFound() {
  return (
    <>
      <PageHeader title="No such page" crumbs={[{ label: 'Marketplace', href: '/' }]} />
      <EmptyState
        title="Nothing stands at this address."
        actions={
          <ButtonLink kind="primary" href="/">
            Find modules
          </ButtonLink>
        }
      >
        It may be written otherwise.
      </EmptyState>
    </>
  );
}
