import { createLoader, createSerializer } from 'nuqs/server';
import { describe, expect, it } from 'vitest';
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

  it.todo('has a name of its own where it grows past 2,000 characters');

  it('leaves out what nobody could have chosen', () => {
    expect(read('?state=running,nonsense&archived=perhaps&group=maybe')).toMatchObject({
      archived: 'no',
      group: false,
    });
  });
});
