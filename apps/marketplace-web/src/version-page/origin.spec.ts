import { describe, expect, it } from 'vitest';
import { offspringOf, sourcesOf } from './origin';

const version = (reference: string) => ({ id: reference, reference });
const node = (digest: string, reference: string | null) => ({
  digest,
  version: reference === null ? null : version(reference),
  composition: null,
});
const lineage = {
  nodes: [
    node('self', 'ada/repaired@1.0.0'),
    node('weak', 'ada/weak@1.0.0'),
    node('strong', null),
    node('later', null),
  ],
  edges: [
    { from: 'weak', to: 'self', role: 'weak' as const },
    { from: 'strong', to: 'self', role: 'strong' as const },
    { from: 'self', to: 'later', role: 'base' as const },
  ],
};

describe('the lineage of a package', () => {
  it('names what it came from, with what that gave', () => {
    expect(sourcesOf({ digest: 'self', lineage }).map(({ digest, how }) => [digest, how])).toEqual([
      ['weak', 'repairs'],
      ['strong', 'takes its module from'],
    ]);
  });

  it('names what came of it', () => {
    expect(offspringOf({ digest: 'self', lineage })).toEqual([
      { digest: 'later', how: 'cut from this', version: null, composition: null },
    ]);
  });

  it('is empty where the registry does not answer', () => {
    expect(sourcesOf({ digest: 'self', lineage: null })).toEqual([]);
  });
});
