import { formatBytes, formatCount, formatShare } from '@moda/ui';

interface CostFactsProps {
  readonly weightsBytes: number;
  readonly flops: number;
  /** Shares of the whole model, 0..1; left out for a whole model. */
  readonly share?: number;
  readonly flopsShare?: number;
  readonly latency?: { readonly ms: number; readonly device: string } | undefined;
}

/** Size, FLOPs and time, each apart: none of them stands for another. Time only where this browser took it. */
export function CostFacts({ weightsBytes, flops, share, flopsShare, latency }: CostFactsProps) {
  return (
    <dl className="m-cost">
      <div>
        <dt>Size</dt>
        <dd>
          {formatBytes(weightsBytes)}
          {share !== undefined && <span className="m-cost__of">{formatShare(share)} of its model</span>}
        </dd>
      </div>
      <div>
        <dt>FLOPs</dt>
        <dd>
          {formatCount(flops)}
          {flopsShare !== undefined && (
            <span className="m-cost__of">{formatShare(flopsShare)} of its model</span>
          )}
        </dd>
      </div>
      {latency !== undefined && (
        <div>
          <dt>Time here</dt>
          <dd>
            {latency.ms.toFixed(1)} ms<span className="m-cost__of">{latency.device}</span>
          </dd>
        </div>
      )}
    </dl>
  );
}
