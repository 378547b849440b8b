import { GatewayError } from '@moda/gateway-client';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { createLoader, type SearchParams } from 'nuqs/server';
import type { ComponentProps } from 'react';
import { ComparePage } from '../../compare/compare-page';
import { compareParsers, maxCompared } from '../../compare/compare-state';
import { loadMetricNames } from '../../compare/metric-names';
import { beginRows } from '../../compare/streamed-rows';
import { RunPageDocument } from '../../graphql/generated/operations';
import { gatewayOfRequest } from '../../server/gateway';

export const metadata: Metadata = { title: 'Compare' };

const readAddress = createLoader(compareParsers);

export default async function Page({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const { runs, metrics } = await readAddress(searchParams);
  return <ComparePage {...await loadCompared([...new Set(runs)].slice(0, maxCompared), metrics)} />;
}

const nothing: ComponentProps<typeof ComparePage> = { first: [], names: {}, rows: [] };

async function loadCompared(
  ids: readonly string[],
  chosen: readonly string[],
): Promise<ComponentProps<typeof ComparePage>> {
  if (ids.length === 0) return nothing;
  const gateway = await gatewayOfRequest();
  try {
    const looked = loadMetricNames(gateway, ids).then((names) => ({
      names,
      rows: beginRows(gateway, ids, names, chosen),
    }));
    const [{ runs }, { names, rows }] = await Promise.all([
      gateway.ask(RunPageDocument, {
        first: maxCompared,
        order: 'newest',
        criteria: { ids: [...ids], archived: 'any' },
      }),
      looked,
    ]);
    return { first: runs?.edges.map(({ node }) => node) ?? [], names, rows };
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'UNAUTHENTICATED') redirect('/login?next=/compare');
    if (error instanceof GatewayError) return nothing;
    throw error;
  }
}
