import { type GraphQLSchema, isIntrospectionType, isObjectType } from 'graphql';
import { type Role, roles } from '../roles.js';

/**
 * For each role the fields that nobody below it may ask for: names of types, and of their fields with blanks between. `known` stands for
 * everybody who says who they are, with or without a role. A field is named once; roles include the ones before.
 *
 * The names of types and the description of the schema itself (`__typename`, `__schema`, `__type`) are no fields that can be listed: they
 * are for everybody who is `known`, and nobody else gets as far as to ask.
 */
export type Decisions = Readonly<Record<Role | 'known', Readonly<Record<string, string>>>>;

/** Who may ask for a field. */
export type Needed = Role | 'known';

export interface CheckedDecisions {
  /** By `Type.field`. */
  readonly needed: ReadonlyMap<string, Needed>;
  /** What is wrong with them; empty where every field has its one decision. */
  readonly complaints: readonly string[];
}

/** Compares decisions with the fields of a schema. */
export function checkDecisions(schema: GraphQLSchema, decisions: Decisions): CheckedDecisions {
  const needed = new Map<string, Needed>();
  const complaints: string[] = [];
  for (const level of ['known', ...roles] as const)
    for (const [type, names] of Object.entries(decisions[level]))
      for (const name of names.split(/\s+/).filter((word) => word !== '')) {
        const field = `${type}.${name}`;
        if (needed.has(field)) complaints.push(`${field} is decided twice`);
        needed.set(field, level);
      }
  const fields = new Set(fieldsOf(schema));
  for (const field of fields)
    if (!needed.has(field)) complaints.push(`nobody decided who may ask for ${field}`);
  for (const field of needed.keys())
    if (!fields.has(field)) complaints.push(`${field} is decided and does not exist`);
  return { needed, complaints };
}

/** Every field of every type, as `Type.field`. */
export function fieldsOf(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !isIntrospectionType(type)
      ? Object.keys(type.getFields()).map((name) => `${type.name}.${name}`)
      : [],
  );
}
