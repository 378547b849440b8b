import { GatewayError } from '@moda/gateway-client';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { createLoader, type SearchParams } from 'nuqs/server';
import { ComparePage } from '../../compare/compare-page';
import { compareParsers, maxCompared } from '../../compare/compare-state';
import { RunPageDocument, type RunRowFragment } from '../../graphql/generated/operations';
import { gatewayOfRequest } from '../../server/gateway';

export const metadata: Metadata = { title: 'Compare' };

const readAddress = createLoader(compareParsers);

export default async function Page({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const { runs } = await readAddress(searchParams);
  return <ComparePage first={await loadRuns(runs.slice(0, maxCompared))} />;
}

async function loadRuns(ids: readonly string[]): Promise<readonly RunRowFragment[]> {
  if (ids.length === 0) return [];
  const gateway = await gatewayOfRequest();
  try {
    const { runs } = await gateway.ask(RunPageDocument, {
      first: maxCompared,
      order: 'newest',
      criteria: { ids, archived: 'any' },
    });
    return runs?.edges.map(({ node }) => node) ?? [];
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'UNAUTHENTICATED') redirect('/login?next=/compare');
    if (error instanceof GatewayError) return [];
    throw error;
  }
}
