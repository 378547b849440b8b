import 'reflect-metadata';
import { createPubSub } from '@graphql-yoga/subscription';
import { ModaError } from '@moda/contracts';
import { auditMutations, guardSchema, subgraphSdl, toSubgraph } from '@moda/service-kit';
import type { GraphQLSchema } from 'graphql';
import { buildSchema, type ContainerType } from 'type-graphql';
import { decisions } from '../access/decisions.js';
import { AccessResolver } from '../access/graphql/access-resolver.js';
import { attachSources } from './event-sources.js';
import { ChangeResolver } from './resolvers/change-resolver.js';
import { EventResolver } from './resolvers/event-resolver.js';
import { ExperimentResolver } from './resolvers/experiment-resolver.js';
import { FileResolver } from './resolvers/file-resolver.js';
import { LogitsResolver } from './resolvers/logits-resolver.js';
import { RunResolver } from './resolvers/run-resolver.js';
import { SubmitResolver } from './resolvers/submit-resolver.js';
import { TaskResolver } from './resolvers/task-resolver.js';
import type { Training } from './training.js';

const resolvers = [
  RunResolver,
  FileResolver,
  ExperimentResolver,
  EventResolver,
  SubmitResolver,
  TaskResolver,
  LogitsResolver,
  ChangeResolver,
  AccessResolver,
] as const;

/** The training service as one part of a federation. */
export async function buildTrainingSchema(training: Training): Promise<GraphQLSchema> {
  const instances = new Map<unknown, unknown>(
    resolvers.map((Resolver) => [Resolver, new Resolver(training)]),
  );
  const schema = await buildTypes({ get: (Resolver) => instances.get(Resolver) });
  attachSources(schema, training);
  const runs = new RunResolver(training);
  const experiments = new ExperimentResolver(training);
  const subgraph = toSubgraph(schema, {
    Run: ({ id }) => runs.run(text(id)),
    Experiment: ({ id }) => experiments.experiment(text(id)),
  });
  return auditMutations(guardSchema(subgraph, decisions), training.audit);
}

/** The text of the schema, as gateways and clients read it. */
export async function trainingSdl(): Promise<string> {
  return subgraphSdl(await buildTypes({ get: () => undefined }));
}

function buildTypes(container: ContainerType): Promise<GraphQLSchema> {
  // What comes in is checked by the domain, which says what is wrong in its own words.
  // The library wants a hub of its own even where every subscription brings its source.
  return buildSchema({ resolvers: [...resolvers], container, validate: false, pubSub: createPubSub() });
}

function text(id: unknown): string {
  if (typeof id === 'string') return id;
  throw new ModaError('REQUEST_INVALID', 'The key of an entity is its id, a text; ask again with it.');
}
