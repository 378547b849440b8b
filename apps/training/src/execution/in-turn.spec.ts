import { describe, expect, it } from 'vitest';
import { problem } from '../problem/problem.js';
import { inTurn } from './in-turn.js';

const wrong = problem('LOGITS_FAILED', 'It went wrong; ask again.');
const open = (given: Partial<Parameters<typeof inTurn>[0]> = {}) =>
  inTurn<{ readonly value: number }>({
    maxWaiting: 2,
    maxRemembered: 2,
    tooMany: (waiting) => problem('LOGITS_FAILED', `${waiting} wait already; ask again.`),
    ...given,
  });

describe('questions in turn', () => {
  it('are worked on one at a time, and once for each key', async () => {
    const turns = open({ maxWaiting: 9 });
    let [under, most, done] = [0, 0, 0];
    const work = async () => {
      most = Math.max(most, ++under);
      await new Promise((resolve) => setTimeout(resolve, 5));
      under -= 1;
      return { value: ++done };
    };
    const answers = await Promise.all(['a', 'a', 'b', 'c'].map((key) => turns.ask(key, work)));
    expect(answers).toEqual([{ value: 1 }, { value: 1 }, { value: 2 }, { value: 3 }]);
    expect(most).toBe(1);
    // Two are remembered, the older ones given up.
    expect(await turns.ask('c', work)).toEqual({ value: 3 });
    expect(await turns.ask('a', work)).toEqual({ value: 4 });
  });

  it('are refused where too many wait, unless the answer is on its way already', async () => {
    const turns = open();
    let end = (): void => undefined;
    const held = new Promise<void>((resolve) => (end = resolve));
    const work = async () => {
      await held;
      return { value: 1 };
    };
    const first = [turns.ask('a', work), turns.ask('b', work)];
    expect(await turns.ask('c', work)).toMatchObject({ message: '2 wait already; ask again.' });
    const same = turns.ask('a', work);
    end();
    expect(await Promise.all([...first, same])).toEqual(Array(3).fill({ value: 1 }));
    expect(await turns.ask('c', work)).toEqual({ value: 1 });
  });

  it('that went wrong are asked anew, and hold nobody up', async () => {
    const turns = open();
    expect(await turns.ask('a', async () => wrong)).toBe(wrong);
    await expect(turns.ask('a', () => Promise.reject(new Error('It broke.')))).rejects.toThrow('It broke.');
    expect(await turns.ask('a', async () => ({ value: 2 }))).toEqual({ value: 2 });
  });
});
