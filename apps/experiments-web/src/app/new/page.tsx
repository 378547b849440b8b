import type { Metadata } from 'next';
import { NewRunPage } from '../../new-run/new-run-page';
import { readDraft } from '../../new-run/read-address';
import { loadRun } from '../../run/load-run';

export const metadata: Metadata = { title: 'New run' };

export default async function Page({
  searchParams,
}: {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}) {
  const address = await searchParams;
  const { from, experiment } = address;
  const like = typeof from === 'string' ? await loadRun(from).catch(() => null) : null;
  const initial = { ...like?.spec, ...readDraft(address) };
  const group = typeof experiment === 'string' ? experiment : like?.experimentName;
  return (
    <NewRunPage
      // Another address fills the form in anew.
      key={JSON.stringify([initial, group])}
      initial={initial}
      {...(group !== undefined && { experiment: group })}
    />
  );
}
