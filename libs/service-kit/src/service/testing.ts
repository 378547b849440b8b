import { ModaError } from '@moda/contracts';
import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { createLogger } from '../log/logger.js';
import { createMetrics } from '../probes/request-metrics.js';
import type { RequestContext, Service, ServiceOptions } from './service.js';
import { startService } from './start-service.js';

export interface TestService extends Service {
  /** What the service logged so far. */
  readonly lines: Record<string, unknown>[];
  /** Resolves when somebody asks for the field `slow`. */
  readonly slowAsked: Promise<void>;
  /** Lets the field `slow` answer. */
  readonly finishSlow: () => void;
  ask(
    query: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number; headers: Headers; body: { data?: unknown; errors?: TestError[] } }>;
}

export interface TestError {
  readonly message: string;
  readonly path?: readonly string[];
  readonly extensions: { readonly code: string; readonly details: unknown; readonly traceId: string };
}

/** A service with one field for each way in which a field can end. */
export async function startTestService(options: Partial<ServiceOptions> = {}): Promise<TestService> {
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger({
    service: 'test',
    level: 'debug',
    destination: { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) },
  });
  let finishSlow = (): void => {};
  const slow = new Promise<string>((resolve) => (finishSlow = () => resolve('done')));
  let tellAsked = (): void => {};
  const slowAsked = new Promise<void>((resolve) => (tellAsked = resolve));
  const service = await startService({
    host: '127.0.0.1',
    port: 0,
    logger,
    metrics: createMetrics('test'),
    title: 'Test <service>',
    checkReady: async () => {},
    schema: testSchema(() => {
      tellAsked();
      return slow;
    }),
    ...options,
  });
  return {
    ...service,
    lines,
    slowAsked,
    finishSlow,
    async ask(query, headers = {}) {
      const response = await fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query }),
      });
      const body = (await response.json()) as { data?: unknown; errors?: TestError[] };
      return { status: response.status, headers: response.headers, body };
    },
  };
}

function testSchema(slow: () => Promise<string>): GraphQLSchema {
  const query: GraphQLObjectType = new GraphQLObjectType<unknown, RequestContext>({
    name: 'Query',
    fields: () => ({
      hello: { type: GraphQLString, resolve: () => 'world' },
      user: { type: GraphQLString, resolve: (_root, _args, { user }) => user },
      count: { type: new GraphQLNonNull(GraphQLInt), resolve: () => 1 },
      again: { type: query, resolve: () => ({}) },
      slow: { type: GraphQLString, resolve: slow },
      refused: {
        type: GraphQLString,
        resolve: () => {
          throw new ModaError('CLASS_UNKNOWN', 'There is no class "cow"; did you mean cat?', {
            nearest: 'cat',
          });
        },
      },
      broken: {
        type: GraphQLString,
        resolve: () => {
          throw new Error('password is hunter2');
        },
      },
    }),
  });
  return new GraphQLSchema({ query });
}
