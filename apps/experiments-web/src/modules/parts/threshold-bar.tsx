'use client';
import { formatCount, formatShare, Skeleton, Slider, Stat } from '@moda/ui';
import type { ModulesAt, OpenedModel } from '../model/modules-at';

const marks = [
  { value: 0, label: '0' },
  { value: 0.5, label: '0.5' },
  { value: 0.9, label: '0.9 (paper)' },
];

export interface ThresholdBarProps {
  readonly tau: number;
  readonly onTau: (tau: number) => void;
  readonly model: OpenedModel | undefined;
  readonly at: ModulesAt | undefined;
}

/** The slider and what modules are at it; stays in sight while the page is scrolled. */
export function ThresholdBar({ tau, onTau, model, at }: ThresholdBarProps) {
  const value = (text: string | undefined) => text ?? <Skeleton width={64} height={24} />;
  const mean = (all: readonly number[] | undefined) =>
    all && all.reduce((sum, one) => sum + one, 0) / Math.max(1, all.length);
  return (
    <div className="m-threshold">
      <Slider
        label="Threshold tau"
        value={tau}
        min={0}
        max={1}
        step={0.01}
        marks={marks}
        format={(one) => one.toFixed(2)}
        onChange={onTau}
        disabled={model === undefined}
      />
      <div className="m-threshold__stats">
        <Stat
          label="Mean module size"
          value={value(at && formatShare(at.meanShare))}
          note={
            at &&
            model &&
            `${formatCount(mean(at.modules.map((one) => one.parameters)))} of ${formatCount(model.parameters)} parameters`
          }
        />
        <Stat
          label="Mean FLOPs"
          value={value(at && formatShare(at.meanFlopsShare))}
          note={
            at &&
            model &&
            `${formatCount(mean(at.modules.map((one) => one.flops)))} of ${formatCount(model.flops)} multiply-adds`
          }
        />
        <Stat
          label="Mean overlap"
          value={value(at && formatShare(at.meanOverlap))}
          note={at && `${formatShare(at.meanStateOverlap)} with running statistics`}
        />
        <Stat
          label="Floor hits"
          value={value(at && String(at.floorHits.length))}
          note={at && model && `of ${at.modules.length * model.layers.length} layers of modules`}
        />
      </div>
    </div>
  );
}
