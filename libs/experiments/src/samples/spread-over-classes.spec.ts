import { expect, it } from 'vitest';
import { spreadOverClasses } from './spread-over-classes.js';

it('takes as many images of every class, and what is left over of the first ones', () => {
  const labels = [2, 0, 0, 1, 0, 2, 1, 2];
  expect([...spreadOverClasses(labels, 3, 4)]).toEqual([1, 2, 3, 0]);
  expect([...spreadOverClasses(labels, 3, 6)]).toEqual([1, 2, 3, 6, 0, 5]);
});

it('takes all where there are no more, one of each class where there are many classes, and none of what is empty', () => {
  expect([...spreadOverClasses([0, 0, 0, 1], 2, 10)]).toEqual([0, 1, 2, 3]);
  expect([...spreadOverClasses([3, 2, 1, 0], 4, 2)]).toEqual([3, 2]);
  expect([...spreadOverClasses([], 2, 4)]).toEqual([]);
});
