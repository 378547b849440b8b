import type { RunTask } from '@moda/contracts';
import { isProblem, type Problem, problem } from '../problem/problem.js';
import type { RunRecord } from '../runs/run-record.js';
import { unknownRun } from '../submit/orders.js';
import { findClass } from './find-class.js';
import type { SourceModel } from './source-model.js';

export interface SourceRun {
  readonly run: RunRecord;
  readonly model: SourceModel;
}

export interface Sources {
  /** A run of this id, and the model that it has come to. */
  find(id: string): Promise<{ readonly run: RunRecord | undefined; readonly model: SourceModel | undefined }>;
}

type DerivingTask = Exclude<RunTask, { readonly kind: 'train' }>;

/** What a task is made of; a problem where it cannot be done, so that nothing is queued that is bound to fail. The first source leads. */
export async function checkTask(
  task: DerivingTask,
  sources: Sources,
): Promise<readonly [SourceRun, ...SourceRun[]] | Problem> {
  switch (task.kind) {
    case 'decompose':
    case 'sweepTau': {
      const source = await sourceOf(task.run, sources);
      if (isProblem(source)) return source;
      return wholeModel(source) ?? [source];
    }
    case 'compose': {
      const source = await sourceOf(task.run, sources);
      if (isProblem(source)) return source;
      return wholeModel(source) ?? decomposed(source) ?? distinct(task.classes, source) ?? [source];
    }
    case 'replace':
      return checkReplacement(task, sources);
  }
}

async function checkReplacement(
  task: Extract<RunTask, { readonly kind: 'replace' }>,
  sources: Sources,
): Promise<readonly [SourceRun, ...SourceRun[]] | Problem> {
  const weak = await sourceOf(task.weak, sources);
  if (isProblem(weak)) return weak;
  const strong = await sourceOf(task.strong, sources);
  if (isProblem(strong)) return strong;
  const target = findClass(task.class, weak.model, task.weak);
  if (typeof target !== 'number') return target;
  return (
    wholeModel(strong) ??
    decomposed(strong) ??
    sameInput(weak, strong) ??
    strongClass(task, weak.model.classes[target]!, strong) ?? [weak, strong]
  );
}

async function sourceOf(id: string, sources: Sources): Promise<SourceRun | Problem> {
  const { run, model } = await sources.find(id);
  if (run === undefined) return unknownRun(id);
  if (run.state !== 'succeeded')
    return problem(
      'RUN_STATE_REFUSED',
      `Run ${id} is ${run.state}; something can be made of its model once it has succeeded.`,
      { details: { state: run.state, runId: id } },
    );
  if (model !== undefined) return { run, model };
  return problem('MODEL_INVALID', `The model of run ${id} is not there any more; train it again.`, {
    details: { runId: id },
  });
}

/** Units are counted by their place in the whole network: what was cut out of one cannot be cut again. */
function wholeModel({ run, model }: SourceRun): Problem | undefined {
  if (model.kind !== 'module' && model.kind !== 'composition') return undefined;
  const base = run.task.kind === 'compose' ? run.task.run : undefined;
  return problem(
    'MODEL_INVALID',
    `The model of run ${run.id} has only some classes of another one; take ${base === undefined ? 'that one' : `that one, of run ${base},`} instead.`,
    { details: { runId: run.id, ...(base !== undefined && { base }) } },
  );
}

function decomposed({ run, model }: SourceRun): Problem | undefined {
  if (model.hasRates) return undefined;
  return problem(
    'RATES_MISSING',
    `It was not measured yet which units each class of run ${run.id} needs; decompose that run first, and take the run that comes of it.`,
    { details: { runId: run.id } },
  );
}

function distinct(classes: readonly string[], { run, model }: SourceRun): Problem | undefined {
  const found = new Set<number>();
  for (const text of classes) {
    const index = findClass(text, model, run.id);
    if (typeof index !== 'number') return index;
    if (found.has(index))
      return problem(
        'SPEC_INVALID',
        `The class ${JSON.stringify(model.classes[index]!.name)} is named twice; name each class once.`,
        { details: { path: 'classes', class: text } },
      );
    found.add(index);
  }
  return undefined;
}

function sameInput(weak: SourceRun, strong: SourceRun): Problem | undefined {
  const [one, other] = [weak.model.input, strong.model.input];
  if (one === undefined || other === undefined) return undefined;
  const [weakSize, strongSize] = [one, other].map(
    ({ height, width, channels }) => `${height}x${width}x${channels}`,
  );
  if (weakSize === strongSize) return undefined;
  return problem(
    'INPUT_SHAPE',
    `Run ${weak.run.id} takes images of ${weakSize}, and run ${strong.run.id} of ${strongSize}; a module can replace a class only where both take the same.`,
    { details: { weak: one, strong: other } },
  );
}

function strongClass(
  task: Extract<RunTask, { readonly kind: 'replace' }>,
  wanted: SourceModel['classes'][number],
  { run, model }: SourceRun,
): Problem | undefined {
  if (task.strongClass !== undefined) {
    const found = findClass(task.strongClass, model, run.id);
    return typeof found === 'number' ? undefined : found;
  }
  if (model.classes.some(({ sourceLabel }) => sourceLabel === wanted.sourceLabel)) return undefined;
  return problem(
    'CLASS_UNKNOWN',
    `The model of run ${run.id} has no class of the same label as ${JSON.stringify(wanted.name)}; name the one to take as strongClass.`,
    { details: { class: wanted.name, runId: run.id } },
  );
}
