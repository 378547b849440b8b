import type { Metadata } from 'next';
import { RunTablePage } from '../runs/run-table-page';
import { loadFirstRuns } from '../runs/load-first-runs';

export const metadata: Metadata = { title: 'Runs' };

export default async function Page({
  searchParams,
}: {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}) {
  return <RunTablePage first={await loadFirstRuns(await searchParams)} />;
}
