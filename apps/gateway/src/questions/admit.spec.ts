import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTrustedDocuments } from '../documents/trusted-documents.js';
import { admitQuestion, type AskedQuestion } from './admit.js';
import { defaultQuestionLimits } from './limits.js';

const limits = {
  ...defaultQuestionLimits,
  nesting: 8,
  nameLength: 10,
  definitions: 20,
  repetitions: 6,
  depth: 4,
  aliases: 3,
  rootFields: 3,
  breadth: 6,
  answerFields: 1_000,
  tokens: 200,
};
const trustedText = '{ herbs { name } }';
const digest = createHash('sha256').update(trustedText).digest('hex');
const documents = new Map([[digest, trustedText]]);

function admit(asked: unknown, only = false) {
  return admitQuestion(asked, { limits, trusted: createTrustedDocuments({ documents, only }) });
}

function refusalOf(asked: AskedQuestion): unknown {
  try {
    admit(asked);
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('the limits of a question', () => {
  it.each([
    ['depth', '{ a { b { c { d } } } }', '{ a { b { c { d { e } } } } }'],
    ['aliases', '{ a { x: b y: b z: b } }', '{ a { x: b y: b z: b w: b } }'],
    ['rootFields', '{ a b c }', '{ a b c d }'],
    ['rootFields', '{ ...F } fragment F on Q { a b c }', '{ ...F d } fragment F on Q { a b c }'],
    ['breadth', '{ a { b b b b b b } }', '{ a { b b b b b b b } }'],
    ['answerFields', '{ a(first: 30) { b(last: 30) { c } } }', '{ a(first: 40) { b(last: 40) { c } } }'],
    ['nesting', '{ a(b: [[[[[[1]]]]]]) }', '{ a(b: [[[[[[[1]]]]]]]) }'],
    ['nameLength', `{ ${'a'.repeat(10)} }`, `{ ${'a'.repeat(11)} }`],
    ['definitions', 'query Q { a } '.repeat(20), 'query Q { a } '.repeat(21)],
    ['repetitions', '{ a { b b b ... { b c c } } }', '{ a { b b b b c c } d { e e e e e } }'],
    ['tokens', `{ ${'a '.repeat(3)} }`, `{ ${'a '.repeat(300)} }`],
  ] as const)('of %s admit %s and refuse %s', (limit, small, large) => {
    expect(refusalOf({ query: small })).toBeUndefined();
    expect(refusalOf({ query: large })).toMatchObject({
      code: 'REQUEST_TOO_COMPLEX',
      details: { limit, most: limits[limit] },
    });
  });

  it.each(['{ a { __proto__: b { c } } }', '{ a { ...F } } fragment F on A { ... { __x: b } }'])(
    'refuse a name of the language for a field: %s',
    (query) => {
      expect(refusalOf({ query })).toMatchObject({
        code: 'REQUEST_INVALID',
        message: expect.stringMatching(/^The question calls a field "__\w+"; .* choose another\.$/) as string,
      });
    },
  );

  it('count what is in fragments wherever they are spread', () => {
    const doubling = Array.from(
      { length: 12 },
      (_, n) => `fragment F${n} on Q { ...F${n + 1} ...F${n + 1} }`,
    );
    const query = `{ a { ...F0 } } ${doubling.join(' ')} fragment F12 on Q { b }`;
    expect(refusalOf({ query })).toMatchObject({ details: { limit: 'answerFields', found: 4_097 } });
  });

  it('take the length of lists from variables and their defaults', () => {
    const query = 'query ($n: Int = 2000) { a(first: $n) { b } }';
    expect(refusalOf({ query })).toMatchObject({ details: { limit: 'answerFields', found: 2_001 } });
    expect(refusalOf({ query, variables: { n: 10 } })).toBeUndefined();
    expect(refusalOf({ query, variables: { n: 1e300 } })).toMatchObject({ code: 'REQUEST_TOO_COMPLEX' });
  });

  it.each([
    '{ ...A } fragment A on Q { ...B } fragment B on Q { ...A }',
    '{ ...Nowhere }',
    'fragment A on Q { a }',
  ])('come to an end with %s, which another rule refuses', (query) => {
    expect(refusalOf({ query })).toBeUndefined();
  });

  it('leave introspection to its own rules', () => {
    expect(
      refusalOf({ query: '{ __schema { types { fields { type { ofType { name } } } } } }' }),
    ).toBeUndefined();
  });
});

describe('trusted documents', () => {
  const forms: readonly AskedQuestion[] = [
    { documentId: `sha256:${digest}` },
    { documentId: digest },
    { extensions: { persistedQuery: { version: 1, sha256Hash: digest } } },
    { query: trustedText, extensions: { persistedQuery: { sha256Hash: digest } } },
    { query: trustedText },
  ];

  it.each(forms)('are answered as %j, whether others are or not', (asked) => {
    expect([false, true].map((only) => admit(asked, only).source)).toEqual([trustedText, trustedText]);
  });

  it('are the only ones answered where that is wanted', () => {
    expect(() => admit({ query: '{ herbs { name }}' }, true)).toThrow(
      expect.objectContaining({ code: 'DOCUMENT_UNTRUSTED' }),
    );
    expect(() => admit({ documentId: 'f'.repeat(64) })).toThrow(
      expect.objectContaining({ code: 'DOCUMENT_UNTRUSTED' }),
    );
  });

  it('are not taken under a foreign digest', () => {
    expect(refusalOf({ query: '{ a }', documentId: digest })).toMatchObject({ code: 'REQUEST_INVALID' });
  });
});
