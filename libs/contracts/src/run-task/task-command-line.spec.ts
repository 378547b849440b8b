import { expect, it } from 'vitest';
import { parseRunTask } from './parse-run-task.js';
import { taskCommandLine } from './task-command-line.js';

it.each([
  [{ kind: 'decompose', run: 'a1' }, 'moda runs decompose a1'],
  [
    { kind: 'compose', run: 'a1', classes: ['0', 'ship'], tau: 0.5 },
    'moda runs compose a1 --classes 0,ship --tau 0.5',
  ],
  [{ kind: 'compose', run: 'a1', classes: ['a cat'] }, "moda runs compose a1 --classes 'a cat'"],
  [
    { kind: 'replace', weak: 'a1', strong: 'b2', class: '-3' },
    'moda runs replace --weak a1 --strong b2 --class=-3',
  ],
  [
    {
      kind: 'replace',
      weak: 'a1',
      strong: 'b2',
      class: '3',
      strongClass: '4',
      strategy: 'cnnsplitter',
      tau: 0,
    },
    'moda runs replace --weak a1 --strong b2 --class 3 --strong-class 4 --strategy cnnsplitter --tau 0',
  ],
  [{ kind: 'sweepTau', run: 'a1' }, 'moda runs sweep-tau a1'],
  [
    { kind: 'sweepTau', run: 'a1', taus: [0.5, 0.9], subtasksPerSize: 1 },
    'moda runs sweep-tau a1 --tau 0.5,0.9 --subtasks-per-size 1',
  ],
])('%j is %s', (task, line) => {
  expect(taskCommandLine(parseRunTask(task) as Parameters<typeof taskCommandLine>[0])).toBe(line);
});
