// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { keptLongAddresses, readViews, removeView, storeView, viewsKey, watchViews } from './saved-views';

afterEach(() => localStorage.clear());

const failed = { name: 'failed ones', query: '?state=failed', named: true };

describe('Views of the run table', () => {
  it('are kept under their names, each name once, until they are taken out', () => {
    storeView(failed);
    storeView({ name: 'mine', query: '?q=ada', named: true });
    storeView({ ...failed, query: '?state=failed&group=true' });
    expect(readViews().map(({ name, query }) => [name, query])).toEqual([
      ['mine', '?q=ada'],
      ['failed ones', '?state=failed&group=true'],
    ]);
    removeView('mine');
    expect(readViews().map(({ name }) => name)).toEqual(['failed ones']);
  });

  it('are the same list until one changes, which is told', () => {
    storeView(failed);
    expect(readViews()).toBe(readViews());
    const told = vi.fn();
    const stop = watchViews(told);
    removeView(failed.name);
    stop();
    storeView(failed);
    expect(told).toHaveBeenCalledOnce();
  });

  it('that only shorten an address make room for one another, and never cost one that a person named', () => {
    storeView(failed);
    for (let i = 0; i < keptLongAddresses + 5; i += 1)
      storeView({ name: `long ${i}`, query: `?q=${i}`, named: false });
    const names = readViews().map(({ name }) => name);
    expect(names).toHaveLength(keptLongAddresses + 1);
    expect(names.slice(0, 2)).toEqual(['failed ones', 'long 5']);
    expect(names.at(-1)).toBe(`long ${keptLongAddresses + 4}`);
  });

  it.each(['nonsense', '{"a":1}', '[null, 3, {"name": "x"}]'])('are none of what is none: %s', (text) => {
    localStorage.setItem(viewsKey, text);
    expect(readViews()).toEqual([]);
  });
});
