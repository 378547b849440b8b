'use client';
import { ErrorNote, PageHeader } from '@moda/ui';
import type { PaperTable } from './model/paper-table';
import { PaperSection } from './parts/paper-section';

export interface PaperViewProps {
  readonly tables: readonly PaperTable[];
  /** Why our numbers are missing. */
  readonly problem:
    { readonly code: string; readonly message: string; readonly traceId: string | null } | undefined;
}

/** The tables of the paper, with our numbers beside the quoted ones. */
export function PaperView({ tables, problem }: PaperViewProps) {
  return (
    <>
      <PageHeader
        title="The paper’s tables"
        subtitle="DNN Modularization via Activation-Driven Training (Ngo, Hassan, Shafiq, Medvidovic; ICSE 2026, arXiv 2411.01074), beside runs of ours with the same network, data set, method and settings."
      />
      <p className="m-paper-legend">
        <span className="m-quoted">Slanted numbers</span> are quoted from the paper.{' '}
        <strong>Bold numbers</strong> are measured here: mean and deviation over seeds, with device and date.
        A cell without a run of ours says so.
      </p>
      {problem && <ErrorNote {...problem} />}
      {tables.map((table) => (
        <PaperSection key={table.id} table={table} />
      ))}
    </>
  );
}
