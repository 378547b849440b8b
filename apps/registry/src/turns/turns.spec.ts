import { describe, expect, it } from 'vitest';
import { takeTurns } from './turns.js';

/** Works that end when they are told to. */
function manualWorks(count: number) {
  const begun: number[] = [];
  const works = Array.from({ length: count }, (_, i) => {
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    return { end, run: () => (begun.push(i), ended.then(() => i)) };
  });
  return { begun, works };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('let so many works run at once, and the next in order when one ends', async () => {
    const inTurn = takeTurns(2);
    const { begun, works } = manualWorks(4);
    const all = Promise.all(works.map(({ run }) => inTurn(run)));
    expect(begun).toEqual([0, 1]);
    works[1]!.end();
    await settle();
    expect(begun).toEqual([0, 1, 2]);
    for (const { end } of works) end();
    expect(await all).toEqual([0, 1, 2, 3]);
  });

  it('are given on by a work that fails', async () => {
    const inTurn = takeTurns(1);
    await expect(inTurn(async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await inTurn(async () => 'next')).toBe('next');
  });
});
