import {
  buildSchema,
  execute,
  type ExecutionResult,
  type GraphQLObjectType,
  parse,
  subscribe,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { toSubgraph } from '../../graphql/federation.js';
import type { RequestContext } from '../../service/service.js';
import type { Identity } from '../identity.js';
import { roles } from '../roles.js';
import type { Decisions } from './decisions.js';
import { guardSchema } from './guard-schema.js';

const text = `
  directive @key(fields: String!) repeatable on OBJECT
  type Query { me: String book(id: ID!): Book }
  type Mutation { burn(id: ID!): Boolean }
  type Subscription { burnt: Book }
  type Book @key(fields: "id") { id: ID! title: String secret: String }
`;
const decisions: Decisions = {
  known: { Query: 'me _service', _Service: 'sdl' },
  viewer: { Query: 'book _entities', Book: 'id title', Subscription: 'burnt' },
  researcher: {},
  publisher: { Mutation: 'burn' },
  admin: { Book: 'secret' },
};

/** A guarded schema, and what its resolvers did. */
function library(given: Decisions = decisions) {
  const burnt: string[] = [];
  const book = (id: string) => ({ id, title: 'Ficciones', secret: 'in the attic' });
  const schema = toSubgraph(buildSchema(text), { Book: ({ id }) => book(String(id)) });
  const fields = (name: string) => (schema.getType(name) as GraphQLObjectType).getFields();
  fields('Query')['me']!.resolve = () => 'somebody';
  fields('Query')['book']!.resolve = (_root, { id }: { id: string }) => book(id);
  fields('Mutation')['burn']!.resolve = (_root, { id }: { id: string }) => burnt.push(id) > 0;
  fields('Subscription')['burnt']!.subscribe = async function* () {
    burnt.push('source');
    yield { burnt: book('1') };
  };
  return { schema: guardSchema(schema, given), burnt };
}

function contextOf(identity: Identity | undefined): RequestContext {
  return {
    traceId: '',
    identity: identity as Identity,
    user: identity?.user ?? '',
    authorization: undefined,
  };
}

const somebody = (role: Identity['role']): Identity => ({ user: 'ada', role, kind: 'oidc' });

async function ask(identity: Identity | undefined, question: string): Promise<ExecutionResult> {
  const { schema } = library();
  return execute({ schema, document: parse(question), contextValue: contextOf(identity) });
}

function codes({ errors = [] }: ExecutionResult): string[] {
  return errors.map(({ originalError }) => (originalError as Error & { code: string }).code);
}

describe('a guarded field', () => {
  it('answers those who have its role, and any above it', async () => {
    for (const role of roles)
      expect(codes(await ask(somebody(role), '{ book(id: 1) { title } }'))).toEqual([]);
  });

  it('refuses those below, in words, and nothing happens', async () => {
    const { schema, burnt } = library();
    const contextValue = contextOf(somebody('researcher'));
    const result = await execute({ schema, document: parse('mutation { burn(id: 1) }'), contextValue });
    expect(result.data).toEqual({ burn: null });
    expect(result.errors?.[0]?.message).toBe(
      'Mutation.burn needs the role publisher and ada has the role researcher; ask an administrator for that role.',
    );
    expect(codes(result)).toEqual(['FORBIDDEN']);
    expect(burnt).toEqual([]);
  });

  it('refuses those who are known and have no role, but for what is for everybody', async () => {
    const result = await ask(somebody(undefined), '{ __typename me book(id: 1) { title } }');
    expect(result.data).toEqual({ __typename: 'Query', me: 'somebody', book: null });
    expect(codes(result)).toEqual(['FORBIDDEN']);
  });

  it('refuses those of whom nothing is known', async () => {
    expect(codes(await ask(undefined, '{ me book(id: 1) { title } }'))).toEqual([
      'UNAUTHENTICATED',
      'UNAUTHENTICATED',
    ]);
  });

  it('is not to be had through an entity either', async () => {
    const question =
      '{ _entities(representations: [{ __typename: "Book", id: 1 }]) { ... on Book { title secret } } }';
    const result = await ask(somebody('publisher'), question);
    expect(JSON.parse(JSON.stringify(result.data))).toEqual({
      _entities: [{ title: 'Ficciones', secret: null }],
    });
    expect(codes(result)).toEqual(['FORBIDDEN']);
  });

  it('of a subscription is refused before its source is opened', async () => {
    const { schema, burnt } = library();
    const document = parse('subscription { burnt { title } }');
    const refused = await subscribe({ schema, document, contextValue: contextOf(somebody(undefined)) });
    expect(codes(refused as ExecutionResult)).toEqual(['FORBIDDEN']);
    expect(burnt).toEqual([]);
    const answered = await subscribe({ schema, document, contextValue: contextOf(somebody('viewer')) });
    for await (const result of answered as AsyncIterable<ExecutionResult>) expect(codes(result)).toEqual([]);
    expect(burnt).toEqual(['source']);
  });
});

describe('decisions', () => {
  it('must be there for every field', () => {
    expect(() => library({ ...decisions, admin: {} })).toThrow('nobody decided who may ask for Book.secret');
  });

  it('must speak of fields that exist', () => {
    expect(() => library({ ...decisions, researcher: { Query: 'shelf' } })).toThrow(
      'Query.shelf is decided and does not exist',
    );
  });

  it('must not be made twice', () => {
    expect(() => library({ ...decisions, researcher: { Query: 'me' } })).toThrow('Query.me is decided twice');
  });
});
