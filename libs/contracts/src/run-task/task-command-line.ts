import { option, quotedForShell } from '../run-spec/command-words.js';
import { defaultTau, replaceStrategies, type RunTask } from './run-task.js';

type DerivingTask = Exclude<RunTask, { readonly kind: 'train' }>;

/** The line for a POSIX shell that asks a service for exactly this task: what differs from the defaults. */
export function taskCommandLine(task: DerivingTask): string {
  return ['moda', 'runs', task.kind, ...argumentsOf(task), ...tauOf(task)].map(quotedForShell).join(' ');
}

function argumentsOf(task: DerivingTask): readonly string[] {
  switch (task.kind) {
    case 'decompose':
      return [task.run];
    case 'compose':
      return [task.run, ...option('classes', task.classes.join(','))];
    case 'replace':
      return [
        ...option('weak', task.weak),
        ...option('strong', task.strong),
        ...option('class', task.class),
        ...(task.strongClass === undefined ? [] : option('strong-class', task.strongClass)),
        ...(task.strategy === replaceStrategies[0] ? [] : option('strategy', task.strategy)),
      ];
  }
}

function tauOf({ tau }: DerivingTask): readonly string[] {
  return tau === defaultTau ? [] : option('tau', String(tau));
}
