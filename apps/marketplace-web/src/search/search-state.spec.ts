import { createLoader } from 'nuqs/server';
import { describe, expect, it } from 'vitest';
import {
  criteriaOf,
  inputText,
  narrowedBy,
  readInput,
  searchCommand,
  searchParsers,
  type SearchState,
} from './search-state';

const load = createLoader(searchParsers);
const stateOf = (query: string): SearchState => load(`?${query}`);

describe('the address of a search', () => {
  it('asks for everything when it says nothing, the newest first', () => {
    expect(criteriaOf(stateOf(''))).toEqual({});
    expect(stateOf('')).toMatchObject({ order: 'newest', kind: 'modules', view: 'cards', goes: null });
  });

  it('asks for a class and every facet', () => {
    const state = stateOf(
      'q=cat&words=street&dataset=cifar10&architecture=vgg16&license=MIT&input=32x32x3&bytes=100000&flops=5000000&accuracy=0.9&deprecated=true',
    );
    expect(criteriaOf(state)).toEqual({
      className: 'cat',
      text: 'street',
      dataset: 'cifar10',
      architecture: 'vgg16',
      license: 'MIT',
      input: { height: 32, width: 32, channels: 3 },
      maxBytes: 100_000,
      maxFlops: 5_000_000,
      minAccuracy: 0.9,
      includeDeprecated: true,
    });
    expect(narrowedBy(state)).toBe(8);
  });

  it('passes over what it cannot be', () => {
    const state = stateOf('order=best&input=wide&bytes=-5&accuracy=7&q=%20');
    expect(criteriaOf(state)).toEqual({ minAccuracy: 1 });
    expect(state.order).toBe('newest');
  });
});

describe('what goes with the cart', () => {
  const small = { height: 28, width: 28, channels: 1 };

  it('takes the same images', () => {
    expect(criteriaOf(stateOf('q=3'), small)).toEqual({ className: '3', input: small });
  });

  it('gives way to a size that somebody asks for', () => {
    expect(criteriaOf(stateOf('input=32x32x1'), small).input).toEqual({ height: 32, width: 32, channels: 1 });
  });
});

describe('an input size', () => {
  it('reads as it is written', () => {
    expect(readInput(inputText({ height: 32, width: 24, channels: 3 }))).toEqual({
      height: 32,
      width: 24,
      channels: 3,
    });
  });

  it.each([null, '', '32', '32x32', 'axbxc'])('is not read from %j', (text) => {
    expect(readInput(text)).toBeUndefined();
  });
});

describe('searchCommand', () => {
  it('is the plain command for the plain search', () => {
    expect(searchCommand(stateOf(''))).toBe('npx moda search');
  });

  it('says the same search', () => {
    expect(searchCommand(stateOf('q=cat&dataset=cifar10&bytes=100000&accuracy=0.9&order=smallest'))).toBe(
      'npx moda search cat --dataset cifar10 --max-bytes 100000 --min-accuracy 0.9 --order smallest',
    );
  });

  it('keeps names with blanks and quotes in one word', () => {
    expect(searchCommand(stateOf("q=traffic%20light&words=it's"))).toBe(
      String.raw`npx moda search 'traffic light' --text 'it'\''s'`,
    );
  });
});
