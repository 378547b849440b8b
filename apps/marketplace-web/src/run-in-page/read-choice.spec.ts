import { describe, expect, it } from 'vitest';
import { readChoice } from './read-choice';

describe('an address of the page', () => {
  it('names a version, classes and a threshold', () => {
    expect(readChoice({ of: 'ada/digits@1.0.0', classes: '5,0,3', tau: '0.8' })).toEqual({
      of: 'ada/digits@1.0.0',
      classes: [0, 3, 5],
      tau: 0.8,
    });
  });

  it('may leave the threshold to the version', () => {
    expect(readChoice({ of: 'ada/digits@1.0.0', classes: '1' })?.tau).toBeUndefined();
    expect(readChoice({ of: 'ada/digits@1.0.0', classes: '1', tau: '7' })?.tau).toBeUndefined();
  });

  it('is read by its first value where one comes twice', () => {
    expect(readChoice({ of: 'ada/digits@1.0.0', classes: ['1', '2'] })?.classes).toEqual([1]);
  });

  it.each([{}, { of: 'ada/digits@1.0.0' }, { classes: '1' }, { of: 'digits', classes: '1' }])(
    'names nothing to compose as %j',
    (parameters) => {
      expect(readChoice(parameters)).toBeUndefined();
    },
  );
});
