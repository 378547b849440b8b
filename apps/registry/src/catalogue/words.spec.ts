import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefixQuery, wordsOf } from './words.js';

describe('the words of a text', () => {
  it.each([
    ['Tabby cat', ['tabby', 'cat']],
    ['fire_truck/fire-truck', ['fire', 'truck', 'fire', 'truck']],
    ['ResNet18, 32x32', ['resnet18', '32x32']],
    ['Bär Straße ŁÓDŹ İstanbul Ærø', ['bar', 'strasse', 'lodz', 'istanbul', 'aero']],
    ['ﬁne ½', ['fine', '1', '2']],
    ['Собака кошка', ['собака', 'кошка']],
    ['猫 と 犬', ['猫', 'と', '犬']],
    [`'; drop -- \\ \0 \u{D800}`, ['drop']],
    [' !? ', []],
  ])('%j are %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('are the same however accents are written, and whatever the case', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(wordsOf(text.normalize('NFD'))).toEqual(wordsOf(text.normalize('NFC')));
        const words = wordsOf(text);
        expect(wordsOf(words.join(' '))).toEqual(words);
      }),
    );
  });

  it('are short and not endlessly many', () => {
    expect(wordsOf('\u{20BB7}'.repeat(1000))).toEqual(['\u{20BB7}'.repeat(64)]);
    expect(wordsOf('a '.repeat(10_000))).toHaveLength(5000);
  });

  it('hold nothing that a query would have to escape', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const word of wordsOf(text)) expect(word).toMatch(/^[\p{L}\p{N}]+$/u);
      }),
    );
  });
});

it('a query asks for all words, each once, as beginnings', () => {
  expect(prefixQuery(wordsOf('Tabby cat, tabby'))).toBe(`'tabby':* & 'cat':*`);
  expect(prefixQuery([])).toBeUndefined();
});
