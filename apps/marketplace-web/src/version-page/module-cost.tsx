'use client';

import {
  formatAccuracy,
  formatBytes,
  formatCount,
  formatShare,
  noNumber,
  Section,
  Slider,
  Stat,
} from '@moda/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { BadgeRow } from '../badges/badge-row';
import { costBadges } from '../badges/module-badges';
import { priceOfSet } from '../cart/cart-questions';
import { gateway } from '../gateway/browser-client';
import { FailureNote } from '../gateway/failure-note';
import { useLatency } from '../measured/use-latency';
import { useLater } from '../search/use-later';
import type { PageModule, PageVersion } from './version-question';

interface ModuleCostProps {
  readonly version: PageVersion;
  readonly module: PageModule;
  /** Threshold, 0..1. */
  readonly tau: number;
  readonly onTau: (tau: number) => void;
}

const restMs = 120;
const format = (tau: number): string => tau.toFixed(2);

/** What the module costs and how well it does, at any threshold. */
export function ModuleCost({ version, module, tau, onTau }: ModuleCostProps) {
  const asked = useLater(tau, restMs);
  const isOwn = asked === version.tau;
  const of = version.reference;
  const { data, error } = useQuery({
    ...priceOfSet(gateway, { of, classes: [module.classIndex], tau: asked, candidates: [] }),
    enabled: !isOwn,
    placeholderData: keepPreviousData,
  });
  const cost = isOwn || data === undefined ? { ...module, weightsBytes: module.bytes } : data;
  const latency = useLatency({ of, classes: [module.classIndex], tau: asked });
  return (
    <Section title="What it costs" actions={<BadgeRow badges={costBadges(cost)} />} id="cost">
      <div className="m-stats">
        <Stat
          label="Size of the weights"
          value={formatBytes(cost.weightsBytes)}
          note={`of ${formatBytes(version.weightsBytes)} for the whole model`}
        />
        <Stat
          label="Parameters"
          value={formatCount(cost.parameters)}
          note={`${formatShare(cost.share)} of the whole model`}
        />
        <Stat
          label="FLOPs per image"
          value={formatCount(cost.flops)}
          note={`${formatShare(cost.flopsShare)} of the whole model`}
        />
        <Stat
          label="Accuracy"
          value={formatAccuracy(module.accuracy)}
          note="of the whole model on the test images of the class"
        />
        <Stat
          label="Time per image here"
          value={latency === undefined ? noNumber : `${latency.ms.toFixed(1)} ms`}
          note={latency?.device ?? 'Not measured yet: try it in this page to measure it.'}
        />
      </div>
      {error !== null && <FailureNote error={error} />}
      <Slider
        label="Threshold τ: a unit is kept where it is active for at least this share of the images of the class"
        value={tau}
        min={0.05}
        max={1}
        step={0.05}
        onChange={onTau}
        format={format}
        marks={[{ value: version.tau, label: `${version.tau}` }]}
      />
    </Section>
  );
}
