import 'reflect-metadata';
import { ModaError } from '@moda/contracts';
import { auditMutations, guardSchema, subgraphSdl, toSubgraph } from '@moda/service-kit';
import type { GraphQLSchema } from 'graphql';
import { buildSchema, type ContainerType } from 'type-graphql';
import { decisions } from '../access/decisions.js';
import { AuditResolver } from '../access/graphql/audit-resolver.js';
import { Composition } from './entities/composition.js';
import { ModelVersion } from './entities/model-version.js';
import { Module } from './entities/module.js';
import { Run } from './entities/run.js';
import type { Registry } from './registry.js';
import { ChangeResolver } from './resolvers/change-resolver.js';
import { ComposingResolver } from './resolvers/composing-resolver.js';
import { CompositionResolver } from './resolvers/composition-resolver.js';
import { DownloadResolver } from './resolvers/download-resolver.js';
import { LineageResolver } from './resolvers/lineage-resolver.js';
import { ModelResolver } from './resolvers/model-resolver.js';
import { ModuleResolver } from './resolvers/module-resolver.js';
import { PublishResolver } from './resolvers/publish-resolver.js';
import { RunResolver } from './resolvers/run-resolver.js';
import { SearchResolver } from './resolvers/search-resolver.js';
import { VersionResolver } from './resolvers/version-resolver.js';

const resolvers = [
  SearchResolver,
  ModelResolver,
  VersionResolver,
  ModuleResolver,
  CompositionResolver,
  RunResolver,
  LineageResolver,
  ComposingResolver,
  DownloadResolver,
  PublishResolver,
  ChangeResolver,
  AuditResolver,
] as const;

/** The registry as one part of a federation. */
export async function buildRegistrySchema(registry: Registry): Promise<GraphQLSchema> {
  const instances = new Map<unknown, unknown>(
    resolvers.map((Resolver) => [Resolver, new Resolver(registry)]),
  );
  const schema = await buildTypes({ get: (Resolver) => instances.get(Resolver) });
  const { catalogue } = registry;
  const models = new ModelResolver(registry);
  const subgraph = toSubgraph(schema, {
    Model: ({ id }) => {
      const [owner = '', model = '', ...more] = text(id).split('/');
      return more.length > 0 ? null : models.find(owner, model);
    },
    ModelVersion: async ({ id }) => wrapped(await catalogue.versionById(text(id)), ModelVersion),
    Module: async ({ id }) => wrapped(await catalogue.moduleById(text(id)), Module),
    Composition: async ({ id }) => wrapped(await catalogue.composition(text(id)), Composition),
    Run: ({ id }) => new Run(text(id)),
  });
  return auditMutations(guardSchema(subgraph, decisions), registry.audit);
}

/** The text of the schema, as gateways and clients read it. */
export async function registrySdl(): Promise<string> {
  return subgraphSdl(await buildTypes({ get: () => undefined }));
}

function buildTypes(container: ContainerType): Promise<GraphQLSchema> {
  // What comes in is checked by the domain, which says what is wrong in its own words.
  return buildSchema({ resolvers: [...resolvers], container, validate: false });
}

function wrapped<Item, Entity>(item: Item | undefined, Type: new (item: Item) => Entity): Entity | null {
  return item === undefined ? null : new Type(item);
}

function text(id: unknown): string {
  if (typeof id === 'string') return id;
  throw new ModaError('REQUEST_INVALID', 'The key of an entity is its id, a text; ask again with it.');
}
