import { option, quotedForShell } from '../run-spec/command-words.js';
import {
  defaultSubtasksPerSize,
  defaultSweepTaus,
  defaultTau,
  replaceStrategies,
  type RunTask,
} from './run-task.js';

type DerivingTask = Exclude<RunTask, { readonly kind: 'train' }>;

/** The line for a POSIX shell that asks a service for exactly this task: what differs from the defaults. */
export function taskCommandLine(task: DerivingTask): string {
  return ['moda', 'runs', verbs[task.kind], ...argumentsOf(task)].map(quotedForShell).join(' ');
}

const verbs: Readonly<Record<DerivingTask['kind'], string>> = {
  decompose: 'decompose',
  compose: 'compose',
  replace: 'replace',
  sweepTau: 'sweep-tau',
};

function argumentsOf(task: DerivingTask): readonly string[] {
  switch (task.kind) {
    case 'decompose':
      return [task.run, ...tauOf(task)];
    case 'compose':
      return [task.run, ...option('classes', task.classes.join(',')), ...tauOf(task)];
    case 'replace':
      return [
        ...option('weak', task.weak),
        ...option('strong', task.strong),
        ...option('class', task.class),
        ...(task.strongClass === undefined ? [] : option('strong-class', task.strongClass)),
        ...(task.strategy === replaceStrategies[0] ? [] : option('strategy', task.strategy)),
        ...tauOf(task),
      ];
    case 'sweepTau': {
      const [taus, usual] = [task.taus.join(','), defaultSweepTaus.join(',')];
      const perSize = task.subtasksPerSize;
      return [
        task.run,
        ...(taus === usual ? [] : option('tau', taus)),
        ...(perSize === defaultSubtasksPerSize ? [] : option('subtasks-per-size', String(perSize))),
      ];
    }
  }
}

function tauOf({ tau }: { readonly tau: number }): readonly string[] {
  return tau === defaultTau ? [] : option('tau', String(tau));
}
