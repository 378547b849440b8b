import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { runRow } from '../testing/run-rows';
import { createRunStore, mergeRows } from './run-store';

describe('News of runs', () => {
  it('that overtook one another end in the latest, in whatever order they come', () => {
    const news = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat({ max: 20 })), { maxLength: 30 });
    fc.assert(
      fc.property(news, (told) => {
        const merged = told.reduce<readonly ReturnType<typeof runRow>[]>(
          (known, [id, lastSequence]) => mergeRows(known, [runRow({ id, lastSequence })]),
          [],
        );
        for (const { id, lastSequence } of merged) {
          const own = told.filter(([other]) => other === id).map(([, sequence]) => sequence);
          expect(lastSequence).toBe(Math.max(...own));
        }
        expect(new Set(merged.map(({ id }) => id)).size).toBe(merged.length);
      }),
    );
  });

  it('of the same moment count: a name is changed without an event', () => {
    const [row] = mergeRows([runRow({ name: 'before' })], [runRow({ name: 'after' })]);
    expect(row!.name).toBe('after');
  });

  it('stand with the newest run first', () => {
    const rows = mergeRows(
      [runRow({ id: 'old', createdAt: '2026-03-01T10:00:00Z' })],
      [runRow({ id: 'new', createdAt: '2026-03-01T11:00:00Z' })],
    );
    expect(rows.map(({ id }) => id)).toEqual(['new', 'old']);
  });

  it('that are none wake nobody', () => {
    const store = createRunStore();
    store.put([runRow()]);
    const listener = vi.fn();
    store.subscribe(listener);
    store.put([runRow()]);
    expect(listener).not.toHaveBeenCalled();
    store.put([runRow({ state: 'failed' })]);
    expect(listener).toHaveBeenCalledOnce();
  });
});
