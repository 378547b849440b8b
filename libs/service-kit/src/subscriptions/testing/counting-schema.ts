import { ModaError } from '@moda/contracts';
import { GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import type { RequestContext } from '../../service/service.js';

export interface Counting {
  readonly schema: GraphQLSchema;
  /** How many events were taken from the sources so far. */
  taken(): number;
  /** How many sources have been closed. */
  closed(): number;
}

/** A schema whose subscriptions count: up to a number, without end, to a failure, or in silence. */
export function countingSchema(): Counting {
  let taken = 0;
  let closed = 0;
  async function* count(to: number, padding: string): AsyncGenerator<{ number: number; padding: string }> {
    try {
      for (let number = 1; number <= to; number += 1) {
        taken += 1;
        yield { number, padding };
      }
    } finally {
      closed += 1;
    }
  }
  const silence: AsyncIterable<never> = {
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise(() => undefined),
      return: async () => {
        closed += 1;
        return { done: true, value: undefined };
      },
    }),
  };
  async function* failure(error: Error): AsyncGenerator<{ number: number }> {
    yield { number: 1 };
    await Promise.resolve();
    throw error;
  }
  interface Event {
    readonly number: number;
    readonly padding?: string;
  }
  const event: GraphQLObjectType<Event, RequestContext> = new GraphQLObjectType<Event, RequestContext>({
    name: 'Event',
    fields: () => ({
      number: { type: GraphQLInt },
      padding: { type: GraphQLString },
      user: { type: GraphQLString, resolve: (_event, _args, { user }: RequestContext) => user },
      traceId: { type: GraphQLString, resolve: (_event, _args, { traceId }: RequestContext) => traceId },
      again: { type: event, resolve: (parent: Event) => parent },
    }),
  });
  const field = (subscribe: (to: number) => unknown) => ({
    type: event,
    args: { to: { type: GraphQLInt, defaultValue: 3 } },
    resolve: (root: { number: number }) => root,
    subscribe: (_root: unknown, { to }: { to: number }) => subscribe(to),
  });
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { hello: { type: GraphQLString } } }),
    subscription: new GraphQLObjectType({
      name: 'Subscription',
      fields: {
        count: field((to) => count(to, '')),
        flood: field(() => count(Number.POSITIVE_INFINITY, 'x'.repeat(10_000))),
        silence: field(() => silence),
        refused: field(() => {
          throw new ModaError('CLASS_UNKNOWN', 'There is no class "cow"; did you mean cat?');
        }),
        slow: field(() =>
          failure(new ModaError('SUBSCRIBER_TOO_SLOW', 'Too slow; go on after 1.', { after: 1 })),
        ),
        broken: field(() => failure(new Error('password is hunter2'))),
      },
    }),
  });
  return { schema, taken: () => taken, closed: () => closed };
}
