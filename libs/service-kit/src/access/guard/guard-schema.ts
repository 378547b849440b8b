import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import type { RequestContext } from '../../service/service.js';
import { checkRole, type Identity, unauthenticated } from '../identity.js';
import { includesRole, type Role, roles } from '../roles.js';
import { checkDecisions, type Decisions, type Needed } from './decisions.js';

type Resolve = GraphQLFieldResolver<unknown, RequestContext>;

/**
 * Lets only those ask for a field who may, whatever the way that leads to it: each field of each type asks itself, so one that is reached
 * through an entity or a list is no back door. Changes the schema and gives it back.
 *
 * Fields throw ModaError UNAUTHENTICATED, FORBIDDEN.
 * @throws Error for a field without a decision and a decision without a field
 */
export function guardSchema(schema: GraphQLSchema, decisions: Decisions): GraphQLSchema {
  const { needed, complaints } = checkDecisions(schema, decisions);
  if (complaints.length > 0)
    throw new Error(`The decisions about who may ask for what are not whole: ${complaints.join('; ')}.`);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      guardField(field as GraphQLField<unknown, RequestContext>, coordinate, needed.get(coordinate)!);
    }
  }
  return schema;
}

function guardField(field: GraphQLField<unknown, RequestContext>, coordinate: string, needed: Needed): void {
  const allowed = new Set<Role | undefined>(
    roles.filter((role) => needed === 'known' || includesRole(role, needed)),
  );
  if (needed === 'known') allowed.add(undefined);
  const guarded =
    (work: Resolve): Resolve =>
    (source, args, context, info) => {
      const identity = context.identity as Identity | undefined;
      if (identity === undefined) throw unauthenticated();
      // The quick way for nearly all.
      if (!allowed.has(identity.role)) checkRole(identity, needed as Role, coordinate);
      return work(source, args, context, info);
    };
  field.resolve = guarded(field.resolve ?? (defaultFieldResolver as Resolve));
  // A source may do things before its first event.
  if (field.subscribe) field.subscribe = guarded(field.subscribe);
}
