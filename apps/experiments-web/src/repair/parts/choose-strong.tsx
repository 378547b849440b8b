'use client';
import {
  Badge,
  DataTable,
  EmptyState,
  formatAccuracy,
  formatCount,
  formatShare,
  noNumber,
  Skeleton,
} from '@moda/ui';
import type { EvaluatedRun } from '../data/use-evaluated-runs';
import type { ModulePrices } from '../data/use-module-prices';
import { isModular } from '../../modules/model/sorted-modules';
import { describeRun } from '../model/describe-run';
import { type Candidate, smallerFirst } from '../model/rank-candidates';
import { repairPrice } from '../model/repair-price';
import { points } from '../model/verdict';
import { ChooseButton } from './choose-weak';

export interface ChooseStrongProps {
  readonly className: string;
  readonly dataset: string;
  readonly candidates: readonly Candidate<EvaluatedRun>[];
  readonly prices: ModulePrices;
  readonly strategy: 'moda' | 'cnnsplitter';
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

/** Models that could give a module for the class, the furthest ahead first, with what each would add. */
export function ChooseStrong(props: ChooseStrongProps) {
  const { className, dataset, candidates, prices, strategy, chosen, onChoose } = props;
  if (candidates.length === 0)
    return (
      <EmptyState
        title={`No other model knows class ${className}.`}
        command={`npx moda runs submit --arch vgg16 --dataset ${dataset} --method moda --watch`}
      >
        Train a modular model on the same data set; its module for the class can then take over.
      </EmptyState>
    );
  const added = ({ run }: Candidate<EvaluatedRun>) => {
    const module = prices.modules.get(run.id);
    return module && prices.weak && repairPrice(module, strategy, prices.weak);
  };
  const pending = ({ run }: Candidate<EvaluatedRun>) =>
    prices.modules.has(run.id) || !run.files ? noNumber : <Skeleton width={56} />;
  return (
    <DataTable
      caption={`Modules for class ${className}, the most accurate first`}
      rows={smallerFirst(candidates, prices.modules)}
      rowKey={({ run }) => run.id}
      isEmphasised={({ run }) => run.id === chosen}
      columns={[
        {
          key: 'choose',
          header: 'Choose',
          cell: ({ run: { id, run, files } }) =>
            files ? (
              <ChooseButton
                isChosen={id === chosen}
                label={`the module of ${describeRun(run).label}`}
                onChoose={() => onChoose(id)}
              />
            ) : (
              <a href={`/runs/${id}/modules`}>decompose it first</a>
            ),
        },
        {
          key: 'run',
          header: 'Run',
          cell: ({ run: { run } }) => <a href={`/runs/${run.id}/modules`}>{describeRun(run).label}</a>,
        },
        {
          key: 'accuracy',
          header: `Accuracy on ${className}`,
          align: 'end',
          cell: ({ accuracy }) => formatAccuracy(accuracy),
        },
        { key: 'ahead', header: 'Ahead', align: 'end', cell: ({ ahead }) => points(ahead) },
        {
          key: 'share',
          header: 'Module',
          unit: 'of its model',
          align: 'end',
          cell: (row) => {
            const module = prices.modules.get(row.run.id);
            if (!module) return pending(row);
            return (
              <>
                {!isModular(module) && <Badge tone="warn">not modular</Badge>} {formatShare(module.share)}
              </>
            );
          },
        },
        {
          key: 'parameters',
          header: 'Adds parameters',
          align: 'end',
          cell: (row) => {
            const price = added(row);
            return price ? formatCount(price.parameters) : pending(row);
          },
        },
        {
          key: 'flops',
          header: 'Adds multiply-adds',
          align: 'end',
          cell: (row) => {
            const price = added(row);
            return price ? formatCount(price.flops) : pending(row);
          },
        },
        { key: 'what', header: 'Network and data', cell: ({ run: { run } }) => describeRun(run).what },
      ]}
    />
  );
}
