import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limit } from './limit.js';
import { selectClasses } from './select-classes.js';
import { datasetOf } from './testing/image-sets.js';

const names = ['circle', 'square', 'star', 'cross'];
const dataset = datasetOf([3, 0, 2, 1, 3, 2], names);

describe('a selection of classes', () => {
  it('keeps their samples in order and numbers them from 0 by ascending source label', () => {
    const { train, test, classNames, sourceLabels } = selectClasses(dataset, [3, 0]);
    expect(classNames).toEqual(['circle', 'cross']);
    expect(sourceLabels).toEqual([0, 3]);
    expect([...train.labels]).toEqual([1, 0, 1]);
    expect([...train.images]).toEqual([1, 2, 3, 4, 9, 10]);
    expect(test).toEqual(train);
  });

  it('is named by source labels, so a selection of a selection needs no counting', () => {
    const twice = selectClasses(selectClasses(dataset, [1, 2, 3]), [3]);
    expect(twice.sourceLabels).toEqual([3]);
    expect(twice).toEqual(selectClasses(dataset, [3]));
  });

  it('splits the samples without loss: each belongs to a subset or to its complement', () => {
    const sets = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 40 });
    const subsets = fc.subarray([0, 1, 2, 3], { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(sets, subsets, (labels, classes) => {
        const whole = datasetOf(labels, names);
        const rest = [0, 1, 2, 3].filter((label) => !classes.includes(label));
        const parts = [classes, rest].map((selected) => selectClasses(whole, selected));
        const sourceOf = (part: typeof whole) =>
          Array.from(part.train.labels, (label) => part.sourceLabels[label]);
        expect(sourceOf(parts[0]!)).toEqual(labels.filter((label) => classes.includes(label)));
        expect(sourceOf(parts[1]!)).toEqual(labels.filter((label) => rest.includes(label)));
      }),
    );
  });

  it('refuses unknown, repeated and no classes in one sentence each', () => {
    expect(() => selectClasses(dataset, [4])).toThrow(
      expect.objectContaining({
        code: 'CLASS_UNKNOWN',
        message: 'shapes has no class 4; its classes are 0, 1, 2, 3.',
      }),
    );
    expect(() => selectClasses(dataset, [1, 1])).toThrow(
      expect.objectContaining({ code: 'USAGE', message: 'Class 1 is selected twice; name each class once.' }),
    );
    expect(() => selectClasses(dataset, [])).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: 'No class of shapes is selected; name at least one of 0, 1, 2, 3.',
      }),
    );
  });
});

describe('a limit', () => {
  it('keeps the first samples', () => {
    fc.assert(
      fc.property(fc.nat(10), (count) => {
        const { train } = dataset;
        const limited = limit(train, count);
        expect(limited.count).toBe(Math.min(count, train.count));
        expect([...limited.labels]).toEqual([...train.labels].slice(0, count));
        expect([...limited.images]).toEqual([...train.images].slice(0, count * 2));
      }),
    );
  });

  it.each([-1, 2.5, Number.NaN])('refuses %d samples', (count) => {
    expect(() => limit(dataset.train, count)).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: `The number of samples is ${count}, but must be an integer of 0 or more.`,
      }),
    );
  });
});
