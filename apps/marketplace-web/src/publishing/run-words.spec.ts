import { describe, expect, it } from 'vitest';
import { wrongWithName } from './next-version';
import { proposedName, runWords } from './run-words';

const spec = { arch: 'compact', dataset: 'digits', method: 'moda' };

describe('runWords', () => {
  it('says what was trained, and how', () => {
    expect(runWords({ spec, task: { kind: 'train' } })).toBe('moda training of compact on digits');
  });

  it('says what else was done', () => {
    expect(runWords({ spec, task: { kind: 'sweepTau' } })).toBe('threshold sweep of compact on digits');
    expect(runWords({ spec, task: { kind: 'another' } })).toBe('another of compact on digits');
  });
});

describe('proposedName', () => {
  it.each([
    ['folder:/data/My Birds', 'folder-data-my-birds'],
    ['Ünïcode Run #3', 'unicode-run-3'],
    ['digits', 'digits'],
  ])('makes of %j %j, which a model can be called', (text, name) => {
    expect(proposedName(text)).toBe(name);
    expect(wrongWithName(proposedName(text))).toBeUndefined();
  });
});
