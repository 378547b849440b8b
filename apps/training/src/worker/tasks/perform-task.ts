import { access, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RunTask, TrainSpec } from '@moda/contracts';
import { type RunContext, writeSampleImages } from '@moda/experiments';
import { sampleImagesPath } from '@moda/module-format';
import { type RunFiles, runFiles } from '../run-files.js';
import { compose } from './compose.js';
import { decompose } from './decompose.js';
import { evaluateInto } from './evaluate.js';
import { replace } from './replace.js';
import { sweep } from './sweep-tau.js';
import type { TaskResult, TaskWork } from './task-work.js';
import { renameDurably, writeDurably } from './write-durably.js';

export type DerivingTask = Exclude<RunTask, { readonly kind: 'train' }>;

export interface TaskOptions {
  readonly files: RunFiles;
  readonly spec: TrainSpec;
  readonly context: RunContext;
  /** A part of the work begins: the how manieth of how many, and what it is. */
  readonly onPart: (done: number, total: number, what: string) => void;
}

const parts = 3;

/**
 * Does a task from its beginning, whatever an attempt before has left: the model is there as a whole, after the figures that go with it, or
 * not at all. Done again it changes nothing.
 */
export async function performTask(task: DerivingTask, options: TaskOptions): Promise<void> {
  const { files, spec, context, onPart } = options;
  const unfinished = `${files.model}.partial`;
  const sourceOf = (id: string) => runFiles(join(dirname(files.folder), id));
  await rm(unfinished, { recursive: true, force: true });
  if (await exists(join(files.model, 'module.json'))) return;
  await rm(files.model, { recursive: true, force: true });

  // Whoever waits hears that it begins.
  await context.backend();
  onPart(0, parts, beginnings[task.kind]);
  const work = { spec, modelOf: (id: string) => sourceOf(id).model, out: unfinished, context };
  const result = await perform(task, work);
  onPart(1, parts, 'The model is tried on the test images.');
  await evaluate(task, unfinished, options, sourceOf);
  if (task.kind !== 'compose' && !(await exists(join(unfinished, sampleImagesPath))))
    await writeSampleImages({ model: unfinished, dataDir: spec.dataDir }, context);
  onPart(2, parts, 'The results are written.');
  await writeDurably(files.result, JSON.stringify(result));
  context.signal.throwIfAborted();
  await renameDurably(unfinished, files.model);
  onPart(parts, parts, 'The model is whole.');
}

const beginnings: Readonly<Record<DerivingTask['kind'], string>> = {
  decompose: 'The modules of the classes are found.',
  compose: 'The modules of the classes are put together.',
  replace: 'A module takes the place of the class.',
  sweepTau: 'The modules are measured at each tau.',
};

function perform(task: DerivingTask, work: TaskWork): Promise<TaskResult> {
  switch (task.kind) {
    case 'decompose':
      return decompose(task, work);
    case 'compose':
      return compose(task, work);
    case 'replace':
      return replace(task, work);
    case 'sweepTau':
      return sweep(task, work);
  }
}

/** A network that stays as it is need not be tried again. */
async function evaluate(
  task: DerivingTask,
  model: string,
  { files, spec, context }: TaskOptions,
  sourceOf: (id: string) => RunFiles,
): Promise<void> {
  if (task.kind === 'decompose' || task.kind === 'sweepTau') {
    const { evaluation } = sourceOf(task.run);
    if (await exists(evaluation)) return writeDurably(files.evaluation, await readFile(evaluation, 'utf8'));
  }
  await evaluateInto(files.evaluation, model, spec, context);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
