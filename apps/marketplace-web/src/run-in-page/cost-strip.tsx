'use client';

import { backendTitles } from '@moda/page-runtime/backends';
import { formatBytes, formatCount, formatSeconds, formatShare, Skeleton, Stat } from '@moda/ui';
import type { ReactNode } from 'react';
import type { CompositionFacts } from '../compose/compose-in-page';
import type { FirstPrice } from './first-price';
import type { TrialState } from './trial-state';
import { valueOf } from './trial-state';

/** What the composition weighs and costs, beside the whole model. */
export function CostStrip({
  state,
  price,
}: {
  readonly state: TrialState;
  readonly price: FirstPrice | undefined;
}) {
  const facts = valueOf(state.composition);
  const [runtime, latency] = [valueOf(state.runtime), valueOf(state.latency)];
  const weightsBytes = facts?.weightsBytes ?? price?.weightsBytes;
  const wholeBytes = facts?.wholeWeightsBytes ?? price?.wholeWeightsBytes;
  const share = facts === undefined ? price?.share : facts.parameters / facts.wholeParameters;
  const flops = facts?.flops ?? price?.flops;
  const flopsShare = facts === undefined ? price?.flopsShare : facts.flops / facts.wholeFlops;
  return (
    <div className="m-cost">
      <Stat
        label="Weights"
        value={shown(weightsBytes, formatBytes)}
        note={
          weightsBytes !== undefined && wholeBytes !== undefined
            ? `${formatShare(1 - weightsBytes / wholeBytes, 0)} saved of ${formatBytes(wholeBytes)}`
            : 'of the whole model'
        }
      />
      <Stat
        label="Parameters"
        value={shown(share, (value) => formatShare(value))}
        note={
          facts === undefined
            ? 'of the whole model'
            : `${formatCount(facts.parameters)} of ${formatCount(facts.wholeParameters)}`
        }
      />
      <Stat
        label="Multiply-adds for one image"
        value={shown(flops, formatCount)}
        note={
          flopsShare === undefined ? 'of the whole model' : `${formatShare(flopsShare, 0)} of the whole model`
        }
      />
      <Stat
        label="Composed in"
        value={shown(facts?.tookMs, (ms) => formatSeconds(ms / 1000))}
        note={facts === undefined ? 'in this page' : trafficNote(facts)}
      />
      <Stat
        label="One image takes"
        value={shown(latency?.medianMs, (ms) => formatSeconds(ms / 1000))}
        note={
          runtime === undefined
            ? 'measured in this page'
            : `${backendTitles[runtime.backend]}, ${runtime.device}`
        }
      />
    </div>
  );
}

function shown(value: number | undefined, format: (value: number) => string): ReactNode {
  return value === undefined ? <Skeleton width="5rem" height="1.5rem" /> : format(value);
}

function trafficNote({ traffic, came }: Pick<CompositionFacts, 'traffic' | 'came'>): string {
  if (came === 'kept') return 'kept in this browser from before';
  const { bytes, requests } = traffic;
  if (bytes === 0) return 'its parent was kept in this browser';
  return `${formatBytes(bytes)} read in ${requests} ${requests === 1 ? 'request' : 'requests'}`;
}
