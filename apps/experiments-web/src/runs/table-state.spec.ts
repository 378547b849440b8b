import { createLoader, createSerializer } from 'nuqs/server';
import { describe, expect, it } from 'vitest';
import { maxAddress, readTable, shortened } from './table-address';
import { tableParsers } from './table-state';

const read = createLoader(tableParsers);
const write = createSerializer(tableParsers);

describe('The address of the run table', () => {
  it('is empty where everything is as usual', () => {
    expect(write('/', read(''))).toBe('/');
  });

  it('holds everything that was chosen, and gives it back', () => {
    const state = {
      ...read(''),
      q: 'vgg & co',
      state: ['running' as const, 'failed' as const],
      sort: '-accuracy',
      group: true,
      open: ['a1'],
      columns: ['state', 'accuracy'],
      selected: ['a1', 'b2'],
      archived: 'any' as const,
    };
    expect(read(write('/', state).slice(1))).toEqual(state);
  });

  it('has a name of its own where it grows past 2,000 characters, the same for the same state', () => {
    const selected = Array.from({ length: 100 }, (_, run) => `${run}`.padStart(36, '0'));
    const state = { ...read(''), group: true, selected };
    const long = shortened(state);
    expect(long).toEqual(shortened({ ...state }));
    expect(long).toMatchObject({ kind: 'named', name: expect.stringMatching(/^[0-9a-z]{8,14}$/) as string });
    if (long.kind === 'named') expect(readTable(long.query)).toEqual(state);
    expect(shortened({ ...state, group: false })).not.toMatchObject({
      name: (long as { name: string }).name,
    });
  });

  it('stands for itself as long as it is short enough', () => {
    const state = { ...read(''), q: 'x'.repeat(maxAddress - '?q='.length) };
    expect(shortened(state)).toEqual({ kind: 'whole' });
    expect(shortened({ ...state, q: `${state.q}x` })).toMatchObject({ kind: 'named' });
  });

  it('leaves out what nobody could have chosen', () => {
    expect(read('?state=running,nonsense&archived=perhaps&group=maybe')).toMatchObject({
      archived: 'no',
      group: false,
    });
  });
});
