import { join } from 'node:path';
import { ModaError } from '@moda/contracts';
import type { FirstExperimentPlan } from '@moda/experiments';
import type { GatewayClient } from '../gateway/gateway-client.js';
import type { ProgressView } from '../output/progress-view.js';
import type { GuardedProcess } from '../services/guarded-process.js';
import { fetchModel, holdsModel } from './fetch-model.js';
import { finishExperiment } from './finish-experiment.js';
import { type FinishedRun, followRun } from './follow-run.js';
import { type PublishedModules, publishModules } from './publish-modules.js';
import type { RunView } from './submission.js';
import { submitTasks } from './submit-tasks.js';
import { submitTraining, type TrainingName, trainingNames } from './submit-training.js';

export interface FirstExperimentOptions {
  readonly client: GatewayClient;
  readonly folder: string;
  readonly planFile: string | undefined;
  readonly variables: NodeJS.ProcessEnv;
  readonly view: ProgressView;
  readonly onStarted: (started: GuardedProcess) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * The first experiment through the gateway: three networks are trained by the training service, which then finds and measures their modules,
 * while the command line goes on from the models, and the modules are published. What an earlier start has done is not done again.
 *
 * @throws ModaError EXPERIMENT_FAILED, OUTPUT_EXISTS where the folder holds something else, SPEC_INVALID of a plan
 */
export async function firstExperiment(options: FirstExperimentOptions): Promise<PublishedModules> {
  const { client, folder, planFile, view, signal } = options;
  // Loaded when the services are on their way: it is as large as they are.
  const { claimExperimentFolder, digestOfPlan, firstExperimentPlan, readPlan } =
    await import('@moda/experiments');
  const plan = planFile === undefined ? firstExperimentPlan : await readPlan(planFile);
  await claimExperimentFolder(folder, plan);
  const digest = digestOfPlan(plan);
  const runs = new Map<TrainingName, RunView>();
  for (const name of trainingNames)
    runs.set(name, await submitTraining(client, { name, spec: specOf(plan, name) }, digest));
  await Promise.all(
    [...runs].map(([name, run]) =>
      finished(options, { what: 'training', name, label: `Training ${name}`, run }),
    ),
  );
  view.end();
  for (const [name, run] of runs) {
    const place = join(folder, name);
    if (!(await holdsModel(place))) await fetchModel(client, run.id, place, signal);
  }
  const ids = { modular: idOf(runs, 'modular'), standard: idOf(runs, 'standard') };
  // Beside the command line, which has the other processor for most of the time.
  const tasks = await submitTasks(client, ids, plan, digest);
  await finishExperiment(options);
  await Promise.all(tasks.map((task) => finished(options, { what: 'task', ...task })));
  view.end();
  return publishModules(client, ids.modular);
}

function idOf(runs: ReadonlyMap<TrainingName, RunView>, name: TrainingName): string {
  const run = runs.get(name);
  if (run === undefined) throw new Error(`The training ${name} has no run.`);
  return run.id;
}

function specOf(plan: FirstExperimentPlan, name: TrainingName) {
  const { resume: _resume, ...spec } = plan[name];
  return spec;
}

/** A run that the experiment waits for. */
interface AwaitedRun {
  readonly what: 'training' | 'task';
  readonly name: string;
  /** For the screen. */
  readonly label: string;
  readonly run: RunView;
}

async function finished(
  { client, view, signal }: FirstExperimentOptions,
  { what, name, label, run }: AwaitedRun,
): Promise<void> {
  if (run.state === 'succeeded') {
    view.note(`Already ${what === 'training' ? 'trained' : 'done'}: ${name}, as run ${run.id}`);
    return;
  }
  const line = view.task(label);
  const outcome = await followRun(
    client,
    run.id,
    (news) => {
      if (news.kind === 'progress') line.update(news);
      else if (news.kind === 'note') view.note(`${label}: ${news.text}`);
      else view.warn(news.text);
    },
    signal,
  );
  // A task leaves the network as it was: how good that is was said before.
  line.end(what === 'training' ? outcome.accuracy : null);
  if (outcome.state !== 'succeeded') throw notDone({ what, name, run }, outcome);
}

function notDone(
  { what, name, run }: Pick<AwaitedRun, 'what' | 'name' | 'run'>,
  { state, error, reason }: FinishedRun,
): ModaError {
  return new ModaError(
    'EXPERIMENT_FAILED',
    `The ${what} "${name}" ${state === 'cancelled' ? 'was cancelled' : 'has failed'}: ${error?.message ?? reason} Start again to go on with it.`,
    { run: run.id, state },
  );
}
