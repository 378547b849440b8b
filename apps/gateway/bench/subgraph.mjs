// A fast stand-in for one of the services: its schema, entities out of their keys, nothing behind.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buildASTSchema, execute, extendSchema, GraphQLObjectType, parse, validate } from 'graphql';

const [name, port] = process.argv.slice(2);
const file = new URL(`../../${name}/schema.graphql`, import.meta.url);
const sdl = readFileSync(file, 'utf8').replace(/^extend schema.*$/m, '');

const bare = buildASTSchema(
  parse(`directive @key(fields: String!) repeatable on OBJECT directive @shareable on OBJECT ${sdl}`),
  { assumeValidSDL: true },
);
const entities = Object.values(bare.getTypeMap()).filter(
  (type) =>
    type instanceof GraphQLObjectType &&
    type.astNode?.directives?.some(({ name: { value } }) => value === 'key'),
);
const schema = extendSchema(
  bare,
  parse(`scalar _Any union _Entity = ${entities.join(' | ')}
    extend type Query { _entities(representations: [_Any!]!): [_Entity]! }`),
  { assumeValidSDL: true },
);

const number = (id) => Number(/\d+/.exec(id)?.[0] ?? 0);
const connection = (first, node) => ({
  edges: Array.from({ length: first }, (_, index) => ({ cursor: String(index), node: node(index) })),
  pageInfo: { hasNextPage: false, endCursor: null },
  totalEstimate: first,
});
const version = (id) => ({
  __typename: 'ModelVersion',
  id,
  reference: `ada/model-${number(id)}@1.0.0`,
  digest: `sha256:${id}`,
  version: '1.0.0',
  accuracy: (number(id) % 100) / 100,
  parameters: number(id) * 10,
  run: () => ({ __typename: 'Run', id: `run-${number(id)}` }),
});
const run = (id) => ({
  __typename: 'Run',
  id,
  name: `run ${id}`,
  state: 'succeeded',
  createdAt: '2026-01-01T00:00:00.000Z',
  tags: ['a', 'b'],
  experiment: () => ({
    __typename: 'Experiment',
    id: `experiment-${number(id) % 7}`,
    name: `experiment ${number(id) % 7}`,
    createdAt: '2026-01-01T00:00:00.000Z',
    runs: ({ first }) => connection(first, (index) => run(`run-${number(id) + index + 1}`)),
  }),
});
const parts = {
  training: {
    run: ({ id }) => run(id),
    runs: ({ first }) => connection(first, (index) => run(`run-${index}`)),
    entities: { Run: run, Experiment: (id) => ({ __typename: 'Experiment', id, name: id }) },
  },
  registry: {
    version: ({ id }) => version(id),
    entities: {
      ModelVersion: version,
      Run: (id) => ({
        __typename: 'Run',
        id,
        versions: () => [0, 1, 2].map((index) => version(`version-${number(id) + index}`)),
      }),
    },
  },
};
const { entities: byKey, ...roots } = parts[name];
const rootValue = {
  ...roots,
  _entities: ({ representations }) =>
    representations.map(({ __typename, id }) => byKey[__typename]?.(id) ?? null),
};

const documents = new Map();
function documentOf(query) {
  let document = documents.get(query);
  if (document === undefined) {
    document = parse(query);
    const [error] = validate(schema, document);
    if (error) throw error;
    documents.set(query, document);
  }
  return document;
}

let asked = 0;
createServer((request, response) => {
  if (request.method !== 'POST') {
    response.end(JSON.stringify({ asked }));
    return;
  }
  asked += 1;
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (piece) => (text += piece));
  request.on('end', async () => {
    let answer;
    try {
      const { query, variables } = JSON.parse(text);
      answer = await execute({ schema, document: documentOf(query), rootValue, variableValues: variables });
    } catch (error) {
      answer = { errors: [{ message: String(error) }] };
    }
    const body = JSON.stringify(answer);
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
}).listen(Number(port), '127.0.0.1', () =>
  process.stdout.write(`${name} ready at http://127.0.0.1:${port}\n`),
);
