'use client';
import { formatCount, formatShare, Section, Segments } from '@moda/ui';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { HeatMap } from '../charts/lazy-charts';
import { confusionOf, rowShares } from './confusion';
import { useFollowedRun } from './run-context';

const ways = ['share', 'count'] as const;

/** Which classes the model takes for which, on the test images. */
export function ConfusionPanel() {
  const { run } = useFollowedRun();
  const [way, setWay] = useQueryState('confusion', parseAsStringLiteral(ways).withDefault('share'));
  const confusion = confusionOf(run.result);
  if (confusion === undefined) return null;
  const { names, counts } = confusion;
  return (
    <Section
      title="Confusion matrix"
      subtitle="Rows are true classes, columns what the model answers, on the test images."
      actions={
        <Segments
          hideLabel
          label="Cells show"
          value={way}
          onChange={(value) => void setWay(value)}
          options={[
            { value: 'share', label: 'Share of the class' },
            { value: 'count', label: 'Images' },
          ]}
        />
      }
    >
      <HeatMap
        level={3}
        title={way === 'share' ? 'Share of each true class' : 'Images'}
        rows={names}
        columns={names}
        values={way === 'share' ? rowShares(counts) : counts}
        scale={way}
        format={way === 'share' ? (value) => formatShare(value, 0) : formatCount}
        rowLabel="True class"
        columnLabel="Answer"
      />
    </Section>
  );
}
