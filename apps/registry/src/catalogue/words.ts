/** Longer words are cut: nobody types them, and a database has its limit. */
const maxWordLength = 64;

/** A description of a few pages is searched whole; of a longer one the beginning. */
const maxWords = 5000;

/** Letters with a stroke or of two sounds, which no decomposition takes apart. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŧ: 't',
  þ: 'th',
};

/**
 * The words of a text in order, for comparison: lower case, without accents; everything but letters and digits parts words. Both sides of a
 * search go through here, so it does not depend on the dictionaries or the language of a database.
 */
export function wordsOf(...texts: readonly (string | undefined)[]): string[] {
  const folded = texts
    .filter((text) => text !== undefined)
    .join(' ')
    // Taking apart makes capitals (of a raised A), and making small makes accents (of a dotted I).
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøđðħıłŧþ]/g, (letter) => plainLetters[letter] ?? letter);
  return Array.from(folded.matchAll(/[\p{L}\p{N}]+/gu), ([word]) => shortened(word)).slice(0, maxWords);
}

/** By characters, not halves of them. */
const shortened = (word: string): string =>
  word.length <= maxWordLength ? word : Array.from(word).slice(0, maxWordLength).join('');

/** A query of PostgreSQL for all of the words, each the beginning of one; undefined without words. */
export function prefixQuery(words: readonly string[]): string | undefined {
  return words.length === 0 ? undefined : [...new Set(words)].map((word) => `'${word}':*`).join(' & ');
}
