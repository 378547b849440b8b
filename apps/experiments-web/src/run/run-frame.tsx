'use client';
import type { ReactNode } from 'react';
import { RunProvider } from './run-context';
import type { RunDetail } from './run-detail';
import { RunHeader } from './run-header';
import { RunTabs } from './run-tabs';

/** What every page of a run has: its header, its tabs, and the run itself, followed live. */
export function RunFrame({ run, children }: { readonly run: RunDetail; readonly children: ReactNode }) {
  return (
    <RunProvider key={run.id} initial={run}>
      <RunHeader />
      <RunTabs />
      {children}
    </RunProvider>
  );
}
