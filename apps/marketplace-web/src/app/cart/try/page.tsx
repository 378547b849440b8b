import '../../../run-in-page/try.css';
import { EmptyState, PageHeader } from '@moda/ui';
import type { Metadata } from 'next';
import { readChoice } from '../../../run-in-page/read-choice';
import { TryComposition } from '../../../run-in-page/try-composition';
import { askFirstFacts } from '../../../run-in-page/first-facts';
import { gatewayOfRequest } from '../../../server/gateway';
import { ButtonLink } from '@moda/ui';

export const metadata: Metadata = { title: 'Compose and try' };

type Parameters = Readonly<Record<string, string | readonly string[] | undefined>>;

export default async function Page({ searchParams }: { readonly searchParams: Promise<Parameters> }) {
  const asked = readChoice(await searchParams);
  if (asked === undefined)
    return (
      <>
        <PageHeader
          title="Compose and try"
          crumbs={[{ label: 'Marketplace', href: '/' }, { label: 'Try' }]}
        />
        <EmptyState
          title="No classes are chosen"
          actions={
            <ButtonLink kind="primary" href="/">
              Find classes
            </ButtonLink>
          }
        >
          Put classes of one model into the cart, and compose them there.
        </EmptyState>
      </>
    );
  const { of, classes, tau, names, price } = await askFirstFacts(await gatewayOfRequest(), asked);
  const query = `of=${of}&classes=${classes.join(',')}&tau=${tau}`;
  return (
    <>
      <PageHeader
        title={`${names.length === 1 ? 'Class' : 'Classes'} ${names.join(', ')}`}
        subtitle={
          <>
            of <code>{of}</code> at τ = {tau}, composed and run in this page
          </>
        }
        crumbs={[
          { label: 'Marketplace', href: '/' },
          { label: 'Cart', href: `/cart?${query}` },
          { label: 'Try' },
        ]}
        actions={<ButtonLink href={`/cart?${query}`}>Back to the cart</ButtonLink>}
      />
      <TryComposition key={query} choice={{ of, classes, tau }} price={price} />
    </>
  );
}
