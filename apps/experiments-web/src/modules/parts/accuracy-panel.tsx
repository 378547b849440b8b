'use client';
import { EmptyState, ErrorNote, ProgressBar, StateBadge } from '@moda/ui';
import { type DerivedRun, kindOf } from '../data/derived-runs';
import type { MeasuredAt } from '../model/sweep-rows';
import { AccuracyBySize } from './accuracy-by-size';
import { MeasureButton } from './measure-button';

export interface AccuracyPanelProps {
  readonly runId: string;
  readonly derived: readonly DerivedRun[];
  readonly rows: readonly MeasuredAt[];
  /** What they were measured on. */
  readonly devices: readonly string[];
  readonly tau: number;
  readonly classes: number;
  readonly onTau: (tau: number) => void;
}

/** Accuracy over the threshold where it was measured; a way to measure it where it was not. */
export function AccuracyPanel({ runId, derived, rows, devices, tau, classes, onTau }: AccuracyPanelProps) {
  const newest = derived.find(({ task }) => kindOf(task) === 'sweepTau');
  const isLive = newest !== undefined && !['succeeded', 'failed', 'cancelled'].includes(newest.state);
  return (
    <div className="m-stack">
      {rows.length > 0 ? (
        <AccuracyBySize rows={rows} devices={devices} tau={tau} onTau={onTau} />
      ) : (
        !isLive && (
          <EmptyState title="Accuracy by threshold is not measured yet.">
            Sizes follow from stored rates at once; accuracy needs the test images.
          </EmptyState>
        )
      )}
      {isLive && (
        <div className="m-row">
          <StateBadge state={newest.state} reason={newest.reason} showReason />
          <ProgressBar share={newest.progressShare} label="Accuracy is being measured" showLabel />
        </div>
      )}
      {newest?.state === 'failed' && <ErrorNote code="RUN_FAILED" message={newest.reason} />}
      {!isLive && (
        <MeasureButton runId={runId} taken={rows.map((row) => row.tau)} tau={tau} classes={classes} />
      )}
    </div>
  );
}
