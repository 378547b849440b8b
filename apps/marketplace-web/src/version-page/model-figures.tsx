import { formatAccuracy, formatBytes, formatCount, formatShare, Section, Stat } from '@moda/ui';
import type { PageVersion } from './version-question';

/** What the whole model costs and how well it does. */
export function ModelFigures({ version }: { readonly version: PageVersion }) {
  const shares = (version.modules ?? []).map(({ share }) => share);
  const mean =
    shares.length === 0 ? undefined : shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return (
    <Section title="Figures" id="figures">
      <div className="m-stats">
        <Stat label="Size of the weights" value={formatBytes(version.weightsBytes)} note="all classes" />
        <Stat label="Parameters" value={formatCount(version.parameters)} />
        <Stat label="FLOPs per image" value={formatCount(version.flops)} />
        <Stat label="Accuracy" value={formatAccuracy(version.accuracy)} note="on the test images" />
        <Stat
          label="Mean module"
          value={mean === undefined ? 'none' : formatShare(mean)}
          note={`of the parameters, at threshold ${version.tau}`}
        />
      </div>
    </Section>
  );
}
