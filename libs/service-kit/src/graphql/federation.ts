import { getDirective, MapperKind, mapSchema, printSchemaWithDirectives } from '@graphql-tools/utils';
import { extendSchema, type GraphQLSchema, isObjectType, lexicographicSortSchema, parse } from 'graphql';

/** What another service knows of an entity: its type and the fields of its key. */
export interface Representation {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

/** Finds entities by their keys; null where there is none. */
export type ReferenceResolvers<Context> = Readonly<
  Record<string, (representation: Representation, context: Context) => unknown>
>;

const link = `extend schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@key", "@shareable"])`;

/** The text of a schema as a gateway reads it, sorted so that the same types always give the same text. */
export function subgraphSdl(schema: GraphQLSchema): string {
  return `${link}\n\n${printSchemaWithDirectives(lexicographicSortSchema(schema))}\n`;
}

/**
 * Makes a schema one part of a federation: adds `_service { sdl }` and `_entities(representations)`, by which a gateway joins its types
 * with those of other services. Every type with `@key` needs its resolver.
 */
export function toSubgraph<Context>(
  schema: GraphQLSchema,
  resolvers: ReferenceResolvers<Context>,
): GraphQLSchema {
  const entities = entityNames(schema);
  const missing = entities.filter((name) => !(name in resolvers));
  if (missing.length > 0) throw new Error(`No reference resolver finds ${missing.join(', ')}.`);

  const typeNames = new WeakMap<object, string>();
  const sdl = subgraphSdl(schema);
  const subgraph = extendSchema(
    schema,
    parse(`
      type _Service { sdl: String! }
      scalar _Any
      union _Entity = ${entities.join(' | ')}
      extend type Query { _service: _Service! _entities(representations: [_Any!]!): [_Entity]! }
    `),
    { assumeValid: true },
  );

  const resolveEntity = async (reference: Representation, context: Context): Promise<unknown> => {
    const { __typename: name } = reference;
    const entity = Object.hasOwn(resolvers, name) ? await resolvers[name]?.(reference, context) : null;
    if (typeof entity === 'object' && entity !== null) typeNames.set(entity, name);
    return entity ?? null;
  };
  return mapSchema(subgraph, {
    [MapperKind.QUERY_ROOT_FIELD]: (field, name) => {
      if (name === '_service') return { ...field, resolve: () => ({ sdl }) };
      if (name !== '_entities') return field;
      return {
        ...field,
        resolve: (_root, { representations }: { representations: unknown[] }, context: Context) =>
          representations.map((reference) =>
            isRepresentation(reference) ? resolveEntity(reference, context) : null,
          ),
      };
    },
    [MapperKind.UNION_TYPE]: (union) => {
      if (union.name === '_Entity')
        union.resolveType = (entity) => typeNames.get(entity as object) ?? undefined;
      return union;
    },
  });
}

function entityNames(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && (getDirective(schema, type, 'key') ?? []).length > 0)
    .map(({ name }) => name)
    .sort();
}

function isRepresentation(value: unknown): value is Representation {
  return (
    typeof value === 'object' &&
    value !== null &&
    '__typename' in value &&
    typeof value.__typename === 'string'
  );
}
