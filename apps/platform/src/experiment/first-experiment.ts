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
import { type RunView, submitTraining, type TrainingName, trainingNames } from './submit-training.js';

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
 * The first experiment through the gateway: three networks are trained by the training service, the command line goes on from their models,
 * and the modules are published. What an earlier start has done is not done again.
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
  await Promise.all([...runs].map(([name, run]) => trained(options, name, run)));
  view.end();
  for (const [name, run] of runs) {
    const place = join(folder, name);
    if (!(await holdsModel(place))) await fetchModel(client, run.id, place, signal);
  }
  await finishExperiment(options);
  const modular = runs.get('modular');
  if (modular === undefined) throw new Error('The modular training has no run.');
  return publishModules(client, modular.id);
}

function specOf(plan: FirstExperimentPlan, name: TrainingName) {
  const { resume: _resume, ...spec } = plan[name];
  return spec;
}

async function trained(
  { client, view, signal }: FirstExperimentOptions,
  name: TrainingName,
  run: RunView,
): Promise<void> {
  if (run.state === 'succeeded') {
    view.note(`Already trained: ${name}, as run ${run.id}`);
    return;
  }
  const task = view.task(`Training ${name}`);
  const finished = await followRun(
    client,
    run.id,
    (news) => {
      if (news.kind === 'progress') task.update(news);
      else if (news.kind === 'note') view.note(`Training ${name}: ${news.text}`);
      else view.warn(news.text);
    },
    signal,
  );
  task.end(finished.accuracy);
  if (finished.state !== 'succeeded') throw notTrained(name, run.id, finished);
}

function notTrained(name: TrainingName, id: string, { state, error, reason }: FinishedRun): ModaError {
  return new ModaError(
    'EXPERIMENT_FAILED',
    `The training "${name}" ${state === 'cancelled' ? 'was cancelled' : 'has failed'}: ${error?.message ?? reason} Start again to go on with it.`,
    { run: id, state },
  );
}
