'use client';
import { Tabs } from '@moda/ui';
import { usePathname } from 'next/navigation';
import { useFollowedRun } from './run-context';

const parts = [
  { id: 'overview', label: 'Overview', path: '' },
  { id: 'modules', label: 'Modules', path: '/modules' },
  { id: 'logs', label: 'Log', path: '/logs' },
  { id: 'files', label: 'Files', path: '/files' },
] as const;

/** The parts of a run's page; each has an address of its own. */
export function RunTabs() {
  const { run } = useFollowedRun();
  const path = usePathname();
  const base = `/runs/${run.id}`;
  const current = parts.find((part) => part.path !== '' && path.startsWith(`${base}${part.path}`));
  return (
    <Tabs
      label="Parts of this run"
      current={current?.id ?? 'overview'}
      tabs={parts.map(({ id, label, path: own }) => ({
        id,
        label,
        href: `${base}${own}`,
        ...(id === 'files' && { count: run.artifacts?.length ?? 0 }),
      }))}
    />
  );
}
