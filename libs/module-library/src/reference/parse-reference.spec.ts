import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatReference, parseReference, type Reference } from './parse-reference.js';

const latest = { kind: 'alias', alias: 'latest' };

describe('a reference', () => {
  it.each([
    ['ada/digits', { owner: 'ada', model: 'digits', classes: [], selector: latest }],
    ['ada/digits/cat', { owner: 'ada', model: 'digits', classes: ['cat'], selector: latest }],
    [
      'ada/digits/cat,3@1.2.0',
      {
        owner: 'ada',
        model: 'digits',
        classes: ['cat', '3'],
        selector: { kind: 'version', version: '1.2.0' },
      },
    ],
    [
      'ada/vgg-16_b.2@champion',
      { owner: 'ada', model: 'vgg-16_b.2', classes: [], selector: { kind: 'alias', alias: 'champion' } },
    ],
    [
      'ada/digits@2.0.0-rc.1+build.7',
      {
        owner: 'ada',
        model: 'digits',
        classes: [],
        selector: { kind: 'version', version: '2.0.0-rc.1+build.7' },
      },
    ],
    [
      'ada/fashion/T-shirt%2Ftop,traffic light',
      { owner: 'ada', model: 'fashion', classes: ['T-shirt/top', 'traffic light'], selector: latest },
    ],
  ])('%s is read', (text, expected) => expect(parseReference(text)).toEqual(expected));

  it.each([
    ['', 'the owner is missing'],
    ['ada', 'the model is missing'],
    ['ada/', 'the model is missing'],
    ['/digits', 'the owner is missing'],
    ['Ada/digits', 'the owner may have lower-case letters'],
    ['../digits', 'the owner may have lower-case letters'],
    ['ada/dig its', 'the model may have lower-case letters'],
    [`ada/${'m'.repeat(65)}`, 'the model may have lower-case letters'],
    ['ada/digits/', 'the name of a class is empty'],
    ['ada/digits/cat,,dog', 'the name of a class is empty'],
    ['ada/digits/100%', 'a % is not followed by two hexadecimal digits'],
    ['ada/digits/cat/dog', 'it has too many parts; write %2F'],
    ['ada/digits@1.2', 'a version has three numbers, as in 1.2.0'],
    ['ada/digits@v1.2.0', 'a version has three numbers, as in 1.2.0'],
    ['ada/digits@01.2.0', 'a version has three numbers'],
    ['ada/digits@', 'an alias begins with a lower-case letter'],
    ['ada/digits@Champion', 'an alias begins with a lower-case letter'],
    ['ada/digits@1.0.0@2.0.0', 'more than one @; write %40'],
  ] as const)('%j is refused, since %s', (text, reason) => {
    expect(() => parseReference(text)).toThrow(
      expect.objectContaining({
        code: 'REFERENCE_INVALID',
        message: expect.stringContaining(reason) as unknown,
      }),
    );
  });

  it('is refused before it is looked at where it is longer than anybody means', () => {
    expect(() => parseReference(`ada/${'m'.repeat(70_000)}`)).toThrow('it is longer than 65536 characters');
  });

  it('is the same after it was written and read, whatever the classes are called', () => {
    const name = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,63}$/);
    const className = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .map((text) => text.trim())
      .filter((text) => text !== '');
    const selector = fc.constantFrom<Reference['selector']>(
      { kind: 'alias', alias: 'latest' },
      { kind: 'alias', alias: 'champion' },
      { kind: 'version', version: '10.0.3-beta.2' },
    );
    fc.assert(
      fc.property(
        fc.record({ owner: name, model: name, classes: fc.array(className, { maxLength: 5 }), selector }),
        (reference) => {
          expect(parseReference(formatReference(reference))).toEqual(reference);
        },
      ),
    );
  });
});
