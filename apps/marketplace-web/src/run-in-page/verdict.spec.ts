import { describe, expect, it } from 'vitest';
import { verdictOn } from './verdict';

const facts = {
  classes: [
    { index: 1, name: 'automobile' },
    { index: 9, name: 'truck' },
  ],
  parentClasses: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
};

describe('an answer', () => {
  it('is right or wrong where the class of the image is known', () => {
    expect(verdictOn(facts, 9, 1)).toEqual({ tone: 'good', text: 'Right' });
    expect(verdictOn(facts, 9, 0)).toEqual({ tone: 'bad', text: 'Wrong: it is truck' });
  });

  it('cannot be right for a class that is not in the composition', () => {
    expect(verdictOn(facts, 3, 0)).toEqual({
      tone: 'warn',
      text: 'It is cat, which is not in the composition',
    });
  });

  it('is not judged where nothing is known, or nothing answered', () => {
    expect(verdictOn(facts, undefined, 0)).toBeUndefined();
    expect(verdictOn(facts, 9, undefined)).toBeUndefined();
  });
});
