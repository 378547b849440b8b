import { buildSchema, execute, type GraphQLSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { type Representation, subgraphSdl, toSubgraph } from './federation.js';

const text = `
  directive @key(fields: String!) repeatable on OBJECT
  type Query { first: Book }
  type Book @key(fields: "id") { id: ID! title: String }
  type Author @key(fields: "id") { id: ID! }
  type Page { number: Int }
`;

const books = {
  Book: ({ id }: Representation) => (id === '1' ? { id: '1', title: 'Ficciones' } : undefined),
  Author: async ({ id }: Representation) => ({ id }),
};

function ask(schema: GraphQLSchema, question: string, variableValues: Record<string, unknown> = {}) {
  return execute({ schema, document: parse(question), variableValues });
}

describe('a subgraph', () => {
  const schema = toSubgraph(buildSchema(text), books);

  it('tells its schema with its directives, in the same words each time', async () => {
    const result = await ask(schema, '{ _service { sdl } }');
    const { sdl } = (result.data as { _service: { sdl: string } })._service;
    expect(sdl).toContain('type Book @key(fields: "id")');
    expect(sdl).toContain('federation/v2');
    expect(sdl).not.toContain('_entities');
    expect(sdl).toBe(subgraphSdl(buildSchema(text)));
  });

  it('finds its entities by their keys, each in its place, null where there is none', async () => {
    const question =
      'query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Book { title } ... on Author { id } } }';
    const r = [
      { __typename: 'Author', id: 'borges' },
      { __typename: 'Book', id: '1' },
      { __typename: 'Book', id: '2' },
      { __typename: 'Page', number: 1 },
      { __typename: 'constructor' },
      7,
    ];
    const { data, errors } = await ask(schema, question, { r });
    expect(errors).toBeUndefined();
    expect(data?.['_entities']).toEqual([
      { __typename: 'Author', id: 'borges' },
      { __typename: 'Book', title: 'Ficciones' },
      null,
      null,
      null,
      null,
    ]);
  });

  it('lets one entity fail without the others', async () => {
    const failing = toSubgraph(buildSchema(text), {
      ...books,
      Author: () => Promise.reject(new Error('away')),
    });
    const r = [
      { __typename: 'Author', id: 'x' },
      { __typename: 'Book', id: '1' },
    ];
    const question = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Book { title } } }';
    const { data, errors } = await ask(failing, question, { r });
    expect(data?.['_entities']).toEqual([null, { title: 'Ficciones' }]);
    expect(errors?.map(({ message, path }) => ({ message, path }))).toEqual([
      { message: 'away', path: ['_entities', 0] },
    ]);
  });

  it('is not made where an entity could not be found', () => {
    expect(() => toSubgraph(buildSchema(text), { Book: books.Book })).toThrow(
      'No reference resolver finds Author.',
    );
  });
});
