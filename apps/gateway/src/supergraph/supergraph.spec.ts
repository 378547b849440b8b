import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkBreaking, unaccepted } from './breaking-changes.js';
import { composeSupergraph, type SubgraphSchema } from './compose.js';
import { readSubgraphs, supergraphFile } from './read-subgraphs.js';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@key", "@shareable"])\n';

function subgraph(name: string, sdl: string): SubgraphSchema {
  return { name, url: `http://127.0.0.1/${name}`, sdl: link + sdl };
}

const pots = subgraph(
  'pots',
  'type Query { pot(id: ID!): Pot pots: [Pot!] } type Pot @key(fields: "id") { id: ID! size: Int }',
);
const herbs = subgraph(
  'herbs',
  'type Query { herbs: [Herb!] } type Herb { name: String! pot: Pot } type Pot @key(fields: "id") { id: ID! herbs: [Herb!] }',
);

describe('the supergraph', () => {
  it('is the one in supergraph.graphql (node dist/compose-supergraph.js writes it)', () => {
    expect(readFileSync(supergraphFile, 'utf8')).toBe(composeSupergraph(readSubgraphs()));
  });

  it('is the same text whatever the order of the services', () => {
    expect(composeSupergraph([herbs, pots])).toBe(composeSupergraph([pots, herbs]));
  });

  it('names what two services say differently of one field', () => {
    const other = subgraph(
      'other',
      'type Query { x: Int } type Pot @key(fields: "id") { id: ID! size: String @shareable }',
    );
    expect(() => composeSupergraph([pots, other])).toThrow(
      expect.objectContaining({
        code: 'SUPERGRAPH_INVALID',
        message: expect.stringContaining('Pot.size') as unknown,
      }),
    );
  });
});

describe('breaking changes', () => {
  it('are none where fields are only added', () => {
    expect(checkBreaking(composeSupergraph([pots]), composeSupergraph([pots, herbs]))).toEqual([]);
  });

  it('are named where a field goes', () => {
    expect(checkBreaking(composeSupergraph([pots, herbs]), composeSupergraph([pots]))).toEqual(
      expect.arrayContaining([
        { kind: 'FIELD_REMOVED', message: 'Query.herbs was removed.' },
        { kind: 'FIELD_REMOVED', message: 'Pot.herbs was removed.' },
        { kind: 'TYPE_REMOVED', message: 'Herb was removed.' },
      ]),
    );
  });

  it('may be meant, one by one', () => {
    const changes = checkBreaking(composeSupergraph([pots, herbs]), composeSupergraph([pots]));
    const lines = [
      '# Herbs moved out.',
      'FIELD_REMOVED: Query.herbs was removed.',
      ' TYPE_REMOVED: Herb was removed. ',
    ];
    expect(unaccepted(changes, lines).map(({ message }) => message)).toEqual(['Pot.herbs was removed.']);
  });

  it('do not see which service a field is of', () => {
    const moved = [{ ...pots, name: 'crockery' }, herbs];
    expect(checkBreaking(composeSupergraph([pots, herbs]), composeSupergraph(moved))).toEqual([]);
  });
});
