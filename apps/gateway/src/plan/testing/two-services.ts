import { subgraphSdl, toSubgraph } from '@moda/service-kit';
import {
  buildSchema,
  execute,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  parse,
} from 'graphql';
import { composeSupergraph } from '../../supergraph/compose.js';
import type { AskService } from '../run-plan.js';

const directives =
  'directive @key(fields: String!) on OBJECT directive @shareable on OBJECT | FIELD_DEFINITION\n';

const potsSdl = `${directives}
  type Query { pot(id: ID!): Pot  pots(first: Int = 3): [Pot!]  found: [Found]  rows: [[Pot!]!]  one: Found  refused: Int }
  type Mutation { fill(id: ID!): Pot  count: Int! }
  union Found = Pot | Note
  type Note { text: String!  about: Pot  mark: Mark }
  type Mark @shareable { sign: String! }
  type Pot @key(fields: "id") { id: ID!  size: Int!  label: String  neighbour: Pot  pieces(first: Int = 2): [Piece!]!  mark: Mark @shareable }
  type Piece { n: Int!  whole: Pot! }
`;

const herbsSdl = `${directives}
  type Query { herbs: [Herb!]  herb(name: String!): Herb }
  type Mark @shareable { sign: String! }
  type Herb @key(fields: "name") { name: String!  pot: Pot  strong: Boolean!  mark: Mark }
  type Pot @key(fields: "id") { id: ID!  herbs(first: Int = 2): [Herb!]  weight: Int!  broken: Int  smell: Smell  mark: Mark @shareable }
  type Smell { word: String!  like: Pot }
`;

/** Herbs are known of the pots below this one. */
export const unknownFrom = 6;

type Resolvers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

let count = 0;

const pot = (id: number) => ({ __typename: 'Pot', id: String(id) });
const herb = (id: number) => ({ __typename: 'Herb', name: `herb ${id}` });
const idOf = ({ id }: { id: string }) => Number(id);
const list = <T>(length: number, of: (index: number) => T) => Array.from({ length }, (_, index) => of(index));

const potsResolvers: Resolvers = {
  Query: {
    pot: (_: unknown, { id }: { id: string }) => pot(Number(id)),
    pots: (_: unknown, { first }: { first: number }) => list(first, (index) => pot(index + 1)),
    found: () => [pot(1), { __typename: 'Note', text: 'a' }, null, pot(2)],
    rows: () => [[pot(1), pot(2)], [], [pot(1)]],
    one: () => ({ __typename: 'Note', text: 'b' }),
    refused: () => {
      throw new GraphQLError('Not today.', { extensions: { code: 'REFUSED' } });
    },
  },
  Mutation: { fill: (_: unknown, { id }: { id: string }) => pot(Number(id)), count: () => (count += 1) },
  Note: { about: () => pot(3), mark: () => ({ sign: '!' }) },
  Pot: {
    size: (of: { id: string }) => idOf(of) * 10,
    label: (of: { id: string }) => (idOf(of) % 2 === 0 ? null : `pot ${of.id}`),
    neighbour: (of: { id: string }) => pot((idOf(of) % 4) + 1),
    pieces: (of: object, { first }: { first: number }) => list(first, (n) => ({ n, whole: of })),
    mark: (of: { id: string }) => ({ sign: of.id }),
  },
};

const herbsResolvers: Resolvers = {
  Query: {
    herbs: () => list(3, herb),
    herb: (_: unknown, { name }: { name: string }) => ({ name }),
  },
  Herb: {
    pot: ({ name }: { name: string }) => pot((Number(name.slice(-1)) % 4) + 1),
    strong: ({ name }: { name: string }) => name === 'herb 1',
    mark: ({ name }: { name: string }) => ({ sign: name }),
  },
  Pot: {
    herbs: (of: { id: string }, { first }: { first: number }) => list(first, (n) => herb(n + idOf(of))),
    weight: (of: { id: string }) => idOf(of) * 100,
    broken: (of: { id: string }) => {
      throw new GraphQLError(`Pot ${of.id} is broken.`, { extensions: { code: 'BROKEN' } });
    },
    smell: (of: { id: string }) => ({ word: 'sweet', like: pot((idOf(of) % 3) + 1) }),
    mark: (of: { id: string }) => ({ sign: of.id }),
  },
};

const services = {
  pots: withResolvers(buildSchema(potsSdl, { assumeValidSDL: true }), potsResolvers),
  herbs: withResolvers(buildSchema(herbsSdl, { assumeValidSDL: true }), herbsResolvers),
};

const subgraphs: Readonly<Record<string, GraphQLSchema>> = {
  pots: toSubgraph(services.pots, { Pot: ({ id }) => pot(Number(id)) }),
  herbs: toSubgraph(services.herbs, {
    Pot: ({ id }) => (Number(id) < unknownFrom ? pot(Number(id)) : null),
    Herb: ({ name }) => ({ name }),
  }),
};

export const supergraphSdl = composeSupergraph(
  Object.entries(services).map(([name, schema]) => ({
    name,
    url: `http://127.0.0.1/${name}`,
    sdl: subgraphSdl(schema),
  })),
);

/** Asks one of the services without any network. */
async function answer(service: string, query: string, variables: Record<string, unknown> = {}) {
  const schema = subgraphs[service.toLowerCase()]!;
  const result = await execute({ schema, document: parse(query), variableValues: variables });
  return JSON.parse(JSON.stringify(result)) as {
    data?: unknown;
    errors?: readonly { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
  };
}

/** Asks the services, and notes what they were asked. */
export function asker(away: readonly string[] = []) {
  const asked: { readonly service: string; readonly query: string }[] = [];
  const ask: AskService = async (service, body) => {
    const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
    asked.push({ service, query });
    if (away.includes(service)) return { errors: [new GraphQLError(`${service} is away`)] };
    const { data, errors } = await answer(service, query, variables);
    return { data, ...(errors && { errors: errors.map((error) => new GraphQLError(error.message, error)) }) };
  };
  return { asked, ask };
}

/** What one service would answer that did all of it. */
export function inOneService(schema: GraphQLSchema): GraphQLSchema {
  return withResolvers(withResolvers(schema, potsResolvers), herbsResolvers);
}

function withResolvers(schema: GraphQLSchema, resolvers: Resolvers): GraphQLSchema {
  for (const [type, fields] of Object.entries(resolvers))
    for (const [name, resolve] of Object.entries(fields))
      Object.assign((schema.getType(type) as GraphQLObjectType).getFields()[name]!, { resolve });
  return schema;
}
