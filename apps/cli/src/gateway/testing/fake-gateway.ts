import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildASTSchema, concatAST, graphql, type GraphQLSchema, parse, subscribe, validate } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/http';

/** What the fake answers, by field of Query, Mutation and Subscription; a function gets the arguments. */
export type Answers = Readonly<Record<string, unknown>>;

export interface FakeGateway {
  readonly url: string;
  /** What was asked, in order: the name of the operation, its variables and who asked. */
  readonly asked: readonly Asked[];
  /** Cuts every open connection, as a crash does. */
  cut(): void;
  /** Closes the port, and opens the same one again. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

export interface Asked {
  readonly operation: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly authorization: string | undefined;
}

let schema: GraphQLSchema | undefined;

/** A gateway over the schema of the training service, with the field that the registry adds. */
function readSchema(): GraphQLSchema {
  if (schema) return schema;
  const training = new URL('../../../../training/schema.graphql', import.meta.url);
  const more =
    'extend type Run { versions: [ModelVersion!] } type ModelVersion { reference: String! digest: String! }';
  const document = concatAST([parse(readFileSync(training, 'utf8')), parse(more)]);
  return (schema = buildASTSchema(document, { assumeValidSDL: true }));
}

/** Starts one on a free port; who refuses (`refuse`) answers in place of GraphQL. */
export async function startFakeGateway(
  answers: Answers,
  refuse: (
    request: IncomingMessage,
  ) => { readonly status: number; readonly body: unknown } | undefined = () => undefined,
): Promise<FakeGateway> {
  const asked: Asked[] = [];
  const note = (request: IncomingMessage, operation: unknown, variables: unknown): void => {
    asked.push({
      operation: typeof operation === 'string' ? operation : undefined,
      variables: (variables ?? {}) as Asked['variables'],
      authorization: request.headers.authorization,
    });
  };
  const stream = createHandler({
    schema: readSchema(),
    authenticate: () => null,
    onSubscribe: (request, { query, variables }) => {
      note(request.raw, /subscription (\w+)/.exec(query)?.[1], variables);
      const document = parse(query);
      const errors = validate(readSchema(), document);
      if (errors.length > 0) return { data: null, errors };
      return subscribe({
        schema: readSchema(),
        document,
        rootValue: answers,
        variableValues: variables ?? null,
      });
    },
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refused = refuse(request);
    if (refused) return send(response, refused.status, refused.body);
    if (request.url === '/graphql/stream') return stream(request, response);
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
    const { query, variables } = JSON.parse(text) as { query: string; variables: Record<string, unknown> };
    note(request, /(?:query|mutation) (\w+)/.exec(query)?.[1], variables);
    send(
      response,
      200,
      await graphql({ schema: readSchema(), source: query, rootValue: answers, variableValues: variables }),
    );
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => send(response, 500, { message: String(error) }));
  });
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    cut: () => server.closeAllConnections(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    start: () => listen(server, port),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
