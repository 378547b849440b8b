import {
  createLogger,
  createMetrics,
  startService,
  type ReferenceResolvers,
  type Representation,
  type Service,
  subgraphSdl,
  toSubgraph,
} from '@moda/service-kit';
import { ModaError } from '@moda/contracts';
import { buildSchema, type GraphQLFieldResolver, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { composeSupergraph } from '../supergraph/compose.js';

/** A service with pots: slow and failing fields, and a subscription that counts. */
const potsSdl = `
  type Query { pot(id: ID!): Pot  pots(first: Int = 3): [Pot]  refused: String  broken: String  whoAsks: String  slow: String }
  type Mutation { fill(id: ID!): Pot }
  type Subscription { ticks(upTo: Int = 3, everyMs: Int = 5): Tick }
  type Tick { number: Int!  pot: Pot }
  type Pot @key(fields: "id") { id: ID!  size: Int  neighbour: Pot }
`;

/** A service that knows which herbs grow in a pot. */
const herbsSdl = `
  type Query { herbs: [Herb] }
  type Herb @key(fields: "name") { name: String!  pot: Pot }
  type Pot @key(fields: "id") { id: ID!  herbs(first: Int): [Herb!] }
`;

type Resolvers = Readonly<Record<string, Readonly<Record<string, GraphQLFieldResolver<never, never>>>>>;

/** How many subscriptions of the pots are open. */
let openTicks = 0;

export function openTickCount(): number {
  return openTicks;
}

const potsResolvers = {
  Query: {
    pot: (_root: unknown, { id }: { id: string }) => potOf(id),
    pots: (_root: unknown, { first }: { first: number }) =>
      Array.from({ length: Math.min(first, 100) }, (_, index) => potOf(String(index + 1))),
    refused: () => {
      throw new ModaError('CLASS_UNKNOWN', 'There is no class "cow"; did you mean cat?', { nearest: 'cat' });
    },
    broken: () => {
      throw new Error('password is hunter2');
    },
    whoAsks: (_root: unknown, _args: unknown, { user, traceId }: { user: string; traceId: string }) =>
      `${user} ${traceId}`,
    slow: () => new Promise((resolve) => setTimeout(resolve, 300, 'done')),
  },
  Mutation: { fill: (_root: unknown, { id }: { id: string }) => potOf(id) },
  Subscription: { ticks: { subscribe: ticks } },
  Pot: { neighbour: ({ id }: { id: string }) => potOf(String(Number(id) + 1)) },
};

const herbsResolvers = {
  Query: { herbs: () => [{ name: 'basil' }, { name: 'sage' }] },
  Herb: { pot: () => ({ id: '2' }) },
  Pot: { herbs: ({ id }: { id: string }) => [{ name: `thyme ${id}` }] },
};

function potOf(id: string) {
  return { id, size: Number(id) * 10 };
}

/** Counts up to a number and waits in between; an early end stops it at once. */
function ticks(_root: unknown, { upTo, everyMs }: { upTo: number; everyMs: number }) {
  let number = 0;
  let over = false;
  let wake = (): void => {};
  openTicks += 1;
  const end = async () => {
    if (!over) openTicks -= 1;
    over = true;
    wake();
    return { done: true as const, value: undefined };
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, everyMs);
      });
      if (over || number === upTo) return end();
      number += 1;
      return { done: false as const, value: { ticks: { number, pot: potOf(String(number)) } } };
    },
    return: end,
    throw: end,
  };
}

function build(sdl: string, resolvers: object): GraphQLSchema {
  const schema = buildSchema(sdl, { assumeValidSDL: true });
  for (const [typeName, fields] of Object.entries(resolvers as Resolvers)) {
    const type = schema.getType(typeName) as GraphQLObjectType;
    for (const [name, resolver] of Object.entries(fields)) {
      const field = type.getFields()[name]!;
      if (typeof resolver === 'function') field.resolve = resolver as typeof field.resolve;
      else Object.assign(field, resolver);
    }
  }
  return schema;
}

interface GardenPart {
  readonly sdl: string;
  readonly resolvers: object;
  readonly references: ReferenceResolvers<unknown>;
}

const known = {
  pots: {
    sdl: potsSdl,
    resolvers: potsResolvers,
    references: { Pot: ({ id }: Representation) => potOf(String(id)) },
  },
  herbs: {
    sdl: herbsSdl,
    resolvers: herbsResolvers,
    references: {
      Pot: ({ id }: Representation) => ({ id }),
      Herb: ({ name }: Representation) => ({ name }),
    },
  },
} satisfies Record<string, GardenPart>;

export type GardenService = keyof typeof known;

/** The supergraph of both services. */
export function gardenSupergraph(): string {
  return composeSupergraph(
    Object.entries(known).map(([name, { sdl, resolvers }]) => ({
      name,
      url: `http://127.0.0.1:1/${name}`,
      sdl: subgraphSdl(build(sdl, resolvers)),
    })),
  );
}

/** Starts one of the services, on a free port if none is named. */
export function startGardenService(name: GardenService, port = 0): Promise<Service> {
  const { sdl, resolvers, references }: GardenPart = known[name];
  return startService({
    host: '127.0.0.1',
    port,
    logger: createLogger({ service: name, level: 'silent' }),
    metrics: createMetrics(name),
    title: name,
    checkReady: async () => {},
    schema: toSubgraph(build(sdl, resolvers), references),
    subscriptions: true,
    stopGraceMs: 100,
  });
}
