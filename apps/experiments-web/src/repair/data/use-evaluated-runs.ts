'use client';
import type { RunEvaluation } from '@moda/contracts';
import { useQuery } from '@tanstack/react-query';
import { gateway } from '../../gateway/browser-client';
import { ModelsForRepairDocument, type RepairRunFragment } from '../../graphql/generated/operations';
import { type ModelFiles, modelFilesOf } from '../../modules/data/model-files';
import { evaluationOf } from '../model/evaluation';

/** A run with how its model does on the test images, class by class. */
export interface EvaluatedRun {
  readonly id: string;
  readonly dataset: string;
  readonly run: RepairRunFragment;
  readonly evaluation: RunEvaluation | undefined;
  /** Undefined where the model has no activation rates: then it has no module to give. */
  readonly files: ModelFiles | undefined;
}

/** Models that are looked at: the most accurate ones of the data set, which all have to be read. */
const maxModels = 40;

/** The weak run and those of its data set. */
export function useEvaluatedRuns(weak: RepairRunFragment | undefined, runs: readonly RepairRunFragment[]) {
  const dataset = weak && datasetOf(weak);
  const chosen = weak
    ? [
        weak,
        ...runs
          .filter((run) => run.id !== weak.id && datasetOf(run) === dataset)
          .sort((a, b) => (b.outcome?.accuracy ?? 0) - (a.outcome?.accuracy ?? 0))
          .slice(0, maxModels),
      ]
    : [];
  const ids = chosen.map(({ id }) => id);
  return useQuery({
    queryKey: ['models-for-repair', ...ids],
    enabled: ids.length > 0,
    staleTime: Infinity,
    queryFn: async ({ signal }): Promise<EvaluatedRun[]> => {
      const { runs: answer } = await gateway.ask(ModelsForRepairDocument, { ids }, signal);
      const models = new Map(answer?.edges.map(({ node }) => [node.id, node]));
      return chosen.map((run) => ({
        id: run.id,
        dataset: datasetOf(run),
        run,
        evaluation: evaluationOf(models.get(run.id)?.result),
        files: modelFilesOf(models.get(run.id)?.artifacts),
      }));
    },
  });
}

function datasetOf({ spec }: Pick<RepairRunFragment, 'spec'>): string {
  return typeof spec['dataset'] === 'string' ? spec['dataset'] : '';
}
