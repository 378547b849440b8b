import { GatewayError } from '@moda/gateway-client';
import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { RunById } from '../../../run/run-by-id';
import { loadRun } from '../../../run/load-run';
import { RunFrame } from '../../../run/run-frame';
import { runLabel } from '../../../runs/run-facts';

interface RunLayoutProps {
  readonly params: Promise<{ readonly id: string }>;
  readonly children: ReactNode;
}

export async function generateMetadata({ params }: RunLayoutProps): Promise<Metadata> {
  const { id } = await params;
  const run = await loadRun(id).catch(() => null);
  return { title: run === null ? 'Run' : runLabel(run) };
}

export default async function Layout({ params, children }: RunLayoutProps) {
  const { id } = await params;
  const run = await loadRun(id).catch((error: unknown) => {
    if (error instanceof GatewayError) return error;
    throw error;
  });
  if (run === null) notFound();
  if (run instanceof GatewayError) {
    if (run.code === 'UNAUTHENTICATED') redirect(`/login?next=/runs/${id}`);
    if (!run.isPassing) notFound();
    return <RunById id={id}>{children}</RunById>;
  }
  return <RunFrame run={run}>{children}</RunFrame>;
}
