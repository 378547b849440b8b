import { type RunResult, runResultSchemas } from '@moda/contracts';
import { measuredFrom, type Measured, type Sample } from './measured';
import { isTrainedBy, type Recipe } from './recipe';

/** What is known of a run of ours. */
export interface PaperRun {
  readonly id: string;
  readonly task: Readonly<Record<string, unknown>>;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly device: string | null;
  readonly endedAt: string | null;
  readonly accuracy: number | null;
  readonly seconds: number | null;
  /** `Run.result`, where it was asked for. */
  readonly result?: unknown;
}

type SweepRow = RunResult<'sweepTau'>['rows'][number];
type Epoch = NonNullable<RunResult<'train'>['history']>[number];

/** Answers what a cell asks of our runs. */
export interface PaperRuns {
  /** A number of every training by a recipe. */
  ofTrainings(recipe: Recipe, value: (run: PaperRun) => number | null | undefined): Measured | undefined;
  /** A number of the last epoch of every training by a recipe. */
  ofLastEpochs(recipe: Recipe, value: (epoch: Epoch) => number | undefined): Measured | undefined;
  /** A number of every sweep over thresholds that was made of a training by a recipe. */
  ofSweeps(recipe: Recipe, tau: number, value: (row: SweepRow) => number): Measured | undefined;
  /** Size of networks for so many classes that were composed of a training by a recipe, at tau 0.9, as a share of the whole. */
  ofCompositions(recipe: Recipe, classes: number): Measured | undefined;
  /** A change of accuracy by repairs of a class of a weak model with a module of a strong one, by the calibration layer at tau 0.9. */
  ofRepairs(
    models: { readonly weak: Recipe; readonly strong: Recipe; readonly className: string },
    value: (result: RunResult<'replace'>) => number | undefined,
  ): Measured | undefined;
}

const paperTau = 0.9;

export function paperRuns(runs: readonly PaperRun[]): PaperRuns {
  const byId = new Map(runs.map((run) => [run.id, run]));
  const kind = (wanted: string): PaperRun[] => runs.filter(({ task }) => task['kind'] === wanted);
  /** The training that a run was made of, through a decomposition between them too. */
  const trainingOf = (id: unknown): PaperRun | undefined => {
    const run = typeof id === 'string' ? byId.get(id) : undefined;
    if (run?.task['kind'] === 'decompose') return trainingOf(run.task['run']);
    return run?.task['kind'] === 'train' ? run : undefined;
  };
  const isMadeOf = (id: unknown, recipe: Recipe): boolean => {
    const training = trainingOf(id);
    return training !== undefined && isTrainedBy(recipe, training.spec);
  };
  const sample = (run: PaperRun, value: number | null | undefined): Sample => ({
    runId: run.id,
    seed: typeof run.spec['seed'] === 'number' ? run.spec['seed'] : 0,
    value,
    device: run.device,
    endedAt: run.endedAt,
  });
  const trained = (recipe: Recipe) => kind('train').filter(({ spec }) => isTrainedBy(recipe, spec));

  return {
    ofTrainings: (recipe, value) => measuredFrom(trained(recipe).map((run) => sample(run, value(run)))),
    ofLastEpochs: (recipe, value) =>
      measuredFrom(
        trained(recipe).map((run) => {
          const last = runResultSchemas.train.safeParse(run.result).data?.history?.at(-1);
          return sample(run, last && value(last));
        }),
      ),
    ofSweeps: (recipe, tau, value) =>
      measuredFrom(
        kind('sweepTau')
          .filter(({ task }) => isMadeOf(task['run'], recipe))
          .map((run) => {
            const { rows } = runResultSchemas.sweepTau.safeParse(run.result).data ?? { rows: [] };
            const row = rows.find((one) => one.tau === tau);
            return sample(run, row && value(row));
          }),
      ),
    ofCompositions: (recipe, classes) =>
      measuredFrom(
        kind('compose')
          .filter(({ task }) => task['tau'] === paperTau && isMadeOf(task['run'], recipe))
          .map((run) => {
            const composed = runResultSchemas.compose.safeParse(run.result).data;
            return sample(run, composed?.classes.length === classes ? composed.share : undefined);
          }),
      ),
    ofRepairs: ({ weak, strong, className }, value) =>
      measuredFrom(
        kind('replace')
          .filter(
            ({ task }) =>
              task['strategy'] === 'moda' &&
              task['tau'] === paperTau &&
              isMadeOf(task['weak'], weak) &&
              isMadeOf(task['strong'], strong),
          )
          .map((run) => {
            const result = runResultSchemas.replace.safeParse(run.result).data;
            return sample(run, result?.name === className ? value(result) : undefined);
          }),
      ),
  };
}
