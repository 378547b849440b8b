import { describe, expect, it } from 'vitest';
import { answerOf } from './answer-of';

type Answer =
  | { readonly __typename: 'Run'; readonly id: string }
  | { readonly __typename: 'Problem'; readonly code: string; readonly message: string };

describe('The answer of a mutation', () => {
  it('is what it came to', () => {
    const answer: Answer = { __typename: 'Run', id: '1' };
    expect(answerOf<Answer>(answer).id).toBe('1');
  });

  it('is thrown where it is a problem, with its code and sentence', () => {
    const problem: Answer = { __typename: 'Problem', code: 'RUN_UNKNOWN', message: 'There is no run 7.' };
    expect(() => answerOf<Answer>(problem)).toThrow('There is no run 7.');
  });

  it('is never nothing', () => {
    expect(() => answerOf<Answer>(null)).toThrow('The gateway answered with nothing.');
  });
});
