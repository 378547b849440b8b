import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { limitAliases, limitDepth } from './limits.js';

const schema = buildSchema('type Query { a: Query b: Int }');

function complaints(rule: ReturnType<typeof limitDepth>, question: string): readonly string[] {
  return validate(schema, parse(question), [rule]).map(({ message }) => message);
}

describe('the depth of a question', () => {
  it.each([
    ['in fields', '{ a { a { b } } }'],
    ['through fragments', '{ ...f } fragment f on Query { a { ...g } } fragment g on Query { a { b } }'],
    ['through inline fragments', '{ ... on Query { a { ... { a { b } } } } }'],
  ])('counts %s', (_where, question) => {
    expect(complaints(limitDepth(3), question)).toEqual([]);
    expect(complaints(limitDepth(2), question)).toEqual([
      'The question is 3 fields deep; this service answers 2 at most, so ask in two steps.',
    ]);
  });

  it('does not count introspection', () => {
    const question = '{ __schema { types { fields { type { ofType { ofType { ofType { name } } } } } } } }';
    expect(complaints(limitDepth(2), question)).toEqual([]);
  });

  it('is found although a fragment contains itself, which another rule refuses', () => {
    expect(complaints(limitDepth(1), '{ a { ...f } } fragment f on Query { a { ...f } }')).toHaveLength(1);
  });
});

describe('the renamed fields of a question', () => {
  it('are counted', () => {
    expect(complaints(limitAliases(2), '{ x: b y: a { b } }')).toEqual([]);
    expect(complaints(limitAliases(1), '{ x: b y: a { b } }')).toEqual([
      'The question renames 2 fields; this service answers 1 at most, so send several questions.',
    ]);
  });

  it('count wherever their fragment is spread, and a bomb of fragments takes no time', () => {
    const levels = Array.from(
      { length: 40 },
      (_, i) => `fragment f${i} on Query { p: a { ...f${i + 1} } q: a { ...f${i + 1} } }`,
    );
    const bomb = `{ ...f0 } ${levels.join(' ')} fragment f40 on Query { b }`;
    expect(complaints(limitAliases(30), bomb)[0]).toMatch(/^The question renames \d+ fields/);
  });
});
