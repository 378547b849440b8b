import { describe, expect, it } from 'vitest';
import { candidatesFor, mostCandidates, type OfferedVersion } from './candidate';

const version = (reference: string, names: readonly string[], changes: Partial<OfferedVersion> = {}) => ({
  reference,
  tau: 0.9,
  dataset: 'pets',
  ratesDigest: 'sha256:0',
  classes: names.map((name, index) => ({ index, name })),
  ...changes,
});

describe('the models that a budget is spent on', () => {
  it('have every class by its very name, wherever it stands', () => {
    const versions = [
      version('ada/pets@1.0.0', ['cat', 'dog', 'hare']),
      version('bob/pets@1.0.0', ['hare', 'dog', 'cat']),
      version('eve/cats@1.0.0', ['cat', 'dogfish']),
    ];
    expect(candidatesFor(['cat', 'dog'], versions)).toEqual([
      { of: 'ada/pets@1.0.0', classes: [0, 1], tau: 0.9, dataset: 'pets' },
      { of: 'bob/pets@1.0.0', classes: [1, 2], tau: 0.9, dataset: 'pets' },
    ]);
  });

  it('can be cut', () => {
    expect(candidatesFor(['cat'], [version('ada/pets@1.0.0', ['cat'], { ratesDigest: null })])).toEqual([]);
  });

  it('come once each, and not more than can be asked for prices', () => {
    const many = Array.from({ length: 30 }, (_, index) => version(`ada/pets-${index}@1.0.0`, ['cat']));
    expect(candidatesFor(['cat', 'cat'], [many[0]!, many[0]!, many[1]!]).map(({ of }) => of)).toEqual([
      'ada/pets-0@1.0.0',
      'ada/pets-1@1.0.0',
    ]);
    expect(candidatesFor(['cat'], many)).toHaveLength(mostCandidates);
  });
});
