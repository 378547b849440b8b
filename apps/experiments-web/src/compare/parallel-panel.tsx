'use client';
import { Section } from '@moda/ui';
import { useMemo } from 'react';
import { ParallelChart } from '../charts/lazy-charts';
import type { RunRowFragment } from '../graphql/generated/operations';
import { distinctLabels } from './distinct-labels';
import { parallelAxes } from './parallel-axes';

interface ParallelPanelProps {
  readonly runs: readonly RunRowFragment[];
  /** Ids of runs whose lines are switched off. */
  readonly hidden: readonly string[];
  readonly onHide: (hidden: readonly string[]) => void;
}

/** Of the drawing (px). */
const axesHeight = 320;

/** The settings that differ beside what came of them, a line a run; nothing where no setting differs. */
export function ParallelPanel({ runs, hidden, onHide }: ParallelPanelProps) {
  const axes = useMemo(() => parallelAxes(runs), [runs]);
  const lines = useMemo(() => {
    const labels = distinctLabels(runs);
    return runs.map(({ id }, place) => ({ id, label: labels[place] ?? id }));
  }, [runs]);
  const off = useMemo(() => new Set(hidden), [hidden]);
  if (axes.length === 0) return null;
  return (
    <Section
      title="Settings beside outcomes"
      subtitle="The settings that differ, and in bold what came of them; a line for each run."
    >
      <ParallelChart
        level={3}
        title="Parallel coordinates"
        lineName="Run"
        height={axesHeight}
        axes={axes}
        lines={lines}
        hidden={off}
        onHide={(next) => onHide([...next])}
      />
    </Section>
  );
}
