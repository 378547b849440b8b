import { describe, expect, it } from 'vitest';
import { describeRun, matchesText } from './describe-run';
import { mostlyTakenFor } from './mostly-taken-for';
import { repairCommand } from './repair-command';

const run = {
  id: '0fb8e782-a0ab-4ddf-995f-6e8d1c796727',
  name: null,
  experimentName: 'first-experiment',
  spec: { arch: 'lenet5', dataset: 'digits', method: 'standard', epochs: 1, classes: ['3', '5'] },
};

describe('a run', () => {
  it('is known by its name, or the beginning of its id', () => {
    expect(describeRun({ ...run, name: 'weak' }).label).toBe('weak');
    expect(describeRun(run)).toEqual({
      label: '0fb8e782',
      what: 'lenet5, digits, standard, 1 epoch, 2 classes',
    });
  });

  it('is found by any of its words', () => {
    expect(matchesText(run, 'LENET first')).toBe(true);
    expect(matchesText(run, '')).toBe(true);
    expect(matchesText(run, 'lenet svhn')).toBe(false);
  });
});

describe('a class', () => {
  const perClass = ['a', 'b', 'c'].map((name, index) => ({ class: index, name, accuracy: 0.5, count: 10 }));
  it('is mostly taken for the other class with the most images', () => {
    const confusion = [
      [9, 0, 1],
      [2, 5, 3],
      [0, 0, 10],
    ];
    expect(mostlyTakenFor({ perClass, confusion }, 1)).toEqual({ name: 'c', count: 3 });
    expect(mostlyTakenFor({ perClass, confusion }, 2)).toBeUndefined();
  });
});

it('the command of a repair says what differs from the defaults', () => {
  expect(repairCommand({ weak: 'w1', strong: 's1', class: 'big cat', strategy: 'cnnsplitter' })).toBe(
    "npx moda runs replace --weak w1 --strong s1 --class 'big cat' --strategy cnnsplitter",
  );
});
