import { isModaError } from '@moda/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxManifestCharacters, parseManifest, serialiseManifest } from './manifest.js';
import { fullManifest, smallManifest } from './testing.js';

const textWith = (changes: Readonly<Record<string, unknown>>) =>
  JSON.stringify({ ...smallManifest, ...changes });

describe('a manifest', () => {
  it.each([
    ['least', smallManifest],
    ['most', fullManifest],
  ])('with the %s content is written and read back', (_, manifest) => {
    expect(parseManifest(serialiseManifest(manifest))).toEqual(manifest);
  });

  it('has one text: sorted keys, two spaces, a newline at the end', () => {
    expect(serialiseManifest(smallManifest)).toBe(`{
  "architecture": "lenet5",
  "classes": [
    {
      "index": 0,
      "name": "zero",
      "sourceLabel": 0
    }
  ],
  "createdBy": {
    "version": "0.1.0"
  },
  "formatVersion": 1,
  "kind": "model"
}
`);
    const reversed = Object.fromEntries(Object.entries(fullManifest).reverse()) as typeof fullManifest;
    expect(serialiseManifest(reversed)).toBe(serialiseManifest(fullManifest));
  });

  it('keeps training settings and extras that it does not know', () => {
    const parsed = parseManifest(serialiseManifest(fullManifest));
    expect(parsed.training?.['schedule']).toBe('cosine');
    expect(parsed.extra).toEqual({ note: ['kept', { as: 'it is' }] });
  });

  it.each<[string, string, string | RegExp]>([
    ['no JSON', '{', 'is not valid JSON.'],
    ['null', 'null', /^is wrong at its top level: /],
    ['a list', '[]', /^is wrong at its top level: /],
    [
      'a newer version',
      textWith({ formatVersion: 2, shiny: true }),
      'is of format version 2, but this program reads versions up to 1; use a newer one.',
    ],
    ['no version', textWith({ formatVersion: undefined }), /^is wrong at formatVersion: /],
    ['an unknown field', textWith({ shiny: true }), /^is wrong at its top level: .*"shiny"/],
    [
      'a key twice',
      '{"formatVersion":1,"formatVersion":1}',
      'has the key "formatVersion" twice in one object.',
    ],
    ['an unknown kind', textWith({ kind: 'robot' }), /^is wrong at kind: /],
    ['no architecture', textWith({ architecture: null }), 'is wrong at architecture: is null.'],
    ['no classes', textWith({ classes: [] }), /^is wrong at classes: /],
    [
      'classes out of order',
      textWith({ classes: [{ index: 1, name: 'one', sourceLabel: 1 }] }),
      'is wrong at classes: are not numbered 0, 1, 2, … in order.',
    ],
    [
      'a nameless class',
      textWith({ classes: [{ index: 0, name: '', sourceLabel: 1 }] }),
      /^is wrong at classes\.0\.name: /,
    ],
    [
      'a deviation of 0',
      textWith({ dataset: { name: 'd', normalisation: { mean: [0], std: [0] } } }),
      /^is wrong at dataset\.normalisation\.std\.0: /,
    ],
    [
      'unequal channels',
      textWith({ dataset: { name: 'd', normalisation: { mean: [0, 0], std: [1] } } }),
      'is wrong at dataset.normalisation.std: mean and std differ in length.',
    ],
    [
      'a threshold above 1',
      textWith({ derivedFrom: [{ role: 'base', tau: 2 }] }),
      /^is wrong at derivedFrom\.0\.tau: /,
    ],
    [
      'a digest of another form',
      textWith({ derivedFrom: [{ role: 'base', digest: 'md5:0' }] }),
      'is wrong at derivedFrom.0.digest: is not of the form sha256:<64 hexadecimal digits>.',
    ],
    [
      'a licence in prose',
      textWith({ license: 'all rights reserved' }),
      'is wrong at license: is not an SPDX licence such as Apache-2.0 or (MIT OR Apache-2.0).',
    ],
    [
      'a trap as a key',
      textWith({ extra: JSON.parse('{"a":[{"__proto__":{}}]}') }),
      'has the key "__proto__", which is not allowed.',
    ],
    [
      'a field of endless name',
      textWith({ ['x'.repeat(100_000)]: 1 }),
      /^is wrong at its top level: .{1,210}$/,
    ],
    ['a measure in words', textWith({ metrics: { accuracy: 'high' } }), /^is wrong at metrics\.accuracy: /],
    ['a date in words', textWith({ createdAt: 'yesterday' }), /^is wrong at createdAt: /],
    [
      'endless nesting',
      textWith({}).replace('"lenet5"', '['.repeat(100_000) + ']'.repeat(100_000)),
      'is nested deeper than the 100 levels allowed.',
    ],
    [
      'endless length',
      ' '.repeat(maxManifestCharacters + 1),
      `is longer than the ${maxManifestCharacters} characters allowed.`,
    ],
  ])('with %s is refused in one sentence', (_, text, fact) => {
    const start = 'The manifest module.json ';
    let message = '';
    try {
      parseManifest(text);
    } catch (error) {
      if (!isModaError(error)) throw error;
      expect(error.code).toBe('MODEL_INVALID');
      message = error.message;
    }
    expect(message.startsWith(start)).toBe(true);
    if (typeof fact === 'string') expect(message.slice(start.length)).toBe(fact);
    else expect(message.slice(start.length)).toMatch(fact);
  });

  it('cannot be written where it could not be read', () => {
    const broken = { ...smallManifest, metrics: { accuracy: Number.NaN } };
    expect(() => serialiseManifest(broken)).toThrow(expect.objectContaining({ code: 'MODEL_INVALID' }));
  });

  it('is read as a manifest or refused, whatever the JSON', () => {
    const keys = Object.keys(fullManifest);
    const changes = fc.dictionary(fc.constantFrom(...keys, '__proto__', 'x'), fc.jsonValue(), { maxKeys: 3 });
    fc.assert(
      fc.property(changes, (changed) => {
        try {
          const manifest = parseManifest(JSON.stringify({ ...fullManifest, ...changed }));
          expect(parseManifest(serialiseManifest(manifest))).toEqual(manifest);
        } catch (error) {
          if (!isModaError(error)) throw error;
          expect(error.code).toBe('MODEL_INVALID');
        }
      }),
      { numRuns: 500 },
    );
  });
});
