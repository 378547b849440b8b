import { join } from 'node:path';
import { analyzeModules } from '@moda/moda';
import type { TensorBackend } from '@moda/tensor-backend';
import { claimExperimentFolder } from './experiment-folder.js';
import { removeFolder } from '../files/remove-folder.js';
import { datasetOfModel } from '../model/dataset-of-model.js';
import { holdsModel, ratesOf, readModel, type StoredModel } from '../model/model-folder.js';
import { predictSplit } from '../predict-split.js';
import { reuseAccuracy } from '../reuse/reuse-accuracy.js';
import { sampleSubtasks } from '../reuse/sample-subtasks.js';
import type { RunContext } from '../run-context.js';
import { readHistory } from '../train/read-history.js';
import { trainModel } from '../train/train-model.js';
import type { TrainOptions } from '../train/train-options.js';
import { type AnalyzeResult, analysisOf } from '../verbs/analyze-model.js';
import { decomposeModel } from '../verbs/decompose-model.js';
import { replaceClass } from '../verbs/replace-class.js';
import { sweepTau } from '../verbs/sweep-tau.js';
import { firstExperimentPlan, type FirstExperimentPlan } from './plan.js';
import type { FirstExperimentResult, SubtaskSizeRow, TrainedModel } from './result.js';

/**
 * The whole method on real data: standard and modular training, decomposition of both, sub-tasks of every size, and the repair
 * of a weak model, each stage kept in a folder. A stage that is already there is not done again, and one that was interrupted
 * goes on from its checkpoint.
 */
export async function runFirstExperiment(
  folder: string,
  context: RunContext,
  plan: FirstExperimentPlan = firstExperimentPlan,
): Promise<FirstExperimentResult> {
  const started = performance.now();
  await claimExperimentFolder(folder, plan);
  const backend = await context.backend();
  const standard = await trainedModel(join(folder, 'standard'), plan.standard, context);
  const modular = await trainedModel(join(folder, 'modular'), plan.modular, context);
  const weak = await trainedModel(join(folder, 'weak'), plan.weak, context);
  await decomposed(join(folder, 'modular'), join(folder, 'modules'), plan.tau, context);
  await decomposed(join(folder, 'standard'), join(folder, 'standard-modules'), plan.tau, context);
  const modularModel = await readModel(join(folder, 'modular'));
  const standardModel = await readModel(join(folder, 'standard'));
  const subtasks = await compareSubtasks(backend, modularModel, standardModel, plan, context);
  const { rows: tauSweep } = await sweepTau(
    { model: modularModel.path, tau: plan.tauSweep, subtasksPerSize: 1, seed: plan.modular.seed },
    context,
  );
  return {
    plan,
    device: backend.device,
    classes: modularModel.manifest.classes.map(({ name }) => name),
    split: modularModel.manifest.dataset?.split ?? '',
    standard,
    modular,
    weak,
    modules: { modular: analyse(modularModel, plan.tau), standard: analyse(standardModel, plan.tau) },
    subtasks,
    tauSweep,
    repair: await repairs(folder, plan, context),
    seconds: (performance.now() - started) / 1000,
  };
}

async function trainedModel(
  path: string,
  options: Omit<TrainOptions, 'out'>,
  context: RunContext,
): Promise<TrainedModel> {
  if (await holdsModel(path)) {
    context.onProgress({ type: 'note', message: `Already trained: ${path}` });
  } else {
    const { finished } = await trainModel({ ...options, out: path, resume: true }, context);
    if (!finished) context.signal.throwIfAborted();
  }
  const { manifest } = await readModel(path);
  const history = await readHistory(path);
  return {
    path,
    method: options.method,
    arch: options.arch,
    accuracy: manifest.metrics?.['accuracy'] ?? 0,
    seconds: history.reduce((sum, { seconds }) => sum + seconds, 0),
    history,
  };
}

/** Cuts a model into its modules, unless the last of them is there: they are written in order. */
async function decomposed(model: string, out: string, tau: number, context: RunContext): Promise<void> {
  const { classes } = (await readModel(model)).manifest;
  if (await holdsModel(join(out, `class-${classes.length - 1}`))) return;
  await removeFolder(out);
  await decomposeModel({ model, tau, out }, context);
}

function analyse(model: StoredModel, tau: number): AnalyzeResult {
  const analysis = analyzeModules(model.network, ratesOf(model), tau);
  return analysisOf(
    analysis,
    model.manifest.classes.map(({ name }) => name),
  );
}

async function compareSubtasks(
  backend: TensorBackend,
  modular: StoredModel,
  standard: StoredModel,
  plan: FirstExperimentPlan,
  context: RunContext,
): Promise<SubtaskSizeRow[]> {
  const dataset = await datasetOfModel(modular, {});
  const reference = await predictSplit(backend, standard.network, dataset, dataset.test, context.signal);
  const subtasks = sampleSubtasks(modular.manifest.classes.length, plan.subtasksPerSize, plan.modular.seed);
  const results = await reuseAccuracy(backend, {
    network: modular.network,
    rates: ratesOf(modular),
    tau: plan.tau,
    subtasks,
    dataset,
    reference,
    signal: context.signal,
    onSubtask: (done) => {
      context.signal.throwIfAborted();
      context.onProgress({
        type: 'task',
        label: 'Composing sub-tasks',
        done,
        total: subtasks.length,
        unit: 'sub-tasks',
      });
    },
  });
  const sizes = [...new Set(subtasks.map((subtask) => subtask.length))];
  return sizes.map((size) => {
    const own = results.filter(({ classes }) => classes.length === size);
    return {
      size,
      subtasks: own.map(({ classes }) => classes),
      accuracy: meanOf(own.map(({ accuracy }) => accuracy)),
      standardAccuracy: meanOf(own.map(({ referenceAccuracy }) => referenceAccuracy ?? 0)),
      parametersShare: meanOf(own.map(({ parametersShare }) => parametersShare)),
      flopsShare: meanOf(own.map(({ flopsShare }) => flopsShare)),
    };
  });
}

async function repairs(folder: string, plan: FirstExperimentPlan, context: RunContext) {
  const results = [];
  for (const strategy of ['moda', 'cnnsplitter'] as const) {
    const out = join(folder, `repaired-${strategy}`);
    await removeFolder(out);
    results.push(
      await replaceClass(
        {
          weak: join(folder, 'weak'),
          strong: join(folder, 'modular'),
          class: plan.repairedClass,
          strategy,
          dataset: plan.weak.dataset,
          trainLimit: plan.weak.trainLimit,
          tau: plan.tau,
          out,
          epochs: plan.repairEpochs,
          learningRate: plan.weak.learningRate,
          batchSize: plan.repairBatchSize,
          seed: plan.weak.seed,
        },
        context,
      ),
    );
  }
  return results;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}
