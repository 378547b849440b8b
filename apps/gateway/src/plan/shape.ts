import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** The form of a value of an answer. */
export type ValueShape =
  | { readonly kind: 'leaf'; readonly nonNull: boolean }
  | { readonly kind: 'typename'; readonly nonNull: true }
  | { readonly kind: 'list'; readonly nonNull: boolean; readonly of: ValueShape }
  | { readonly kind: 'object'; readonly nonNull: boolean; readonly shape: ObjectShape };

export interface FieldShape {
  /** As the caller calls it. */
  readonly key: string;
  readonly name: string;
  readonly value: ValueShape;
}

/** The fields of an object of an answer, by the type that it turns out to be of. */
export interface ObjectShape {
  /** Known before the answer, undefined where the object itself says it in `__typename`. */
  readonly type: string | undefined;
  fieldsOf(type: string): readonly FieldShape[];
}

/** What a selection without fragments by name and without conditions asks for. */
export function shapeOf(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  sets: readonly SelectionSetNode[],
): ObjectShape {
  const known = new Map<string, readonly FieldShape[]>();
  const fieldsOf = (name: string): readonly FieldShape[] => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const object = schema.getType(name);
    const fields = isObjectType(object) ? fieldShapes(schema, object, sets) : [];
    known.set(name, fields);
    return fields;
  };
  return { type: isObjectType(type) ? type.name : undefined, fieldsOf };
}

function fieldShapes(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): readonly FieldShape[] {
  const nodes = new Map<string, FieldNode[]>();
  for (const set of sets) collect(schema, type, set, nodes);
  return [...nodes].map(([key, same]) => {
    const name = same[0]!.name.value;
    const value: ValueShape =
      name === '__typename'
        ? { kind: 'typename', nonNull: true }
        : valueShape(
            schema,
            type.getFields()[name]!.type,
            same.flatMap((node) => node.selectionSet ?? []),
          );
    return { key, name, value };
  });
}

/** Fields of the same name in the answer are one field. */
function collect(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  { selections }: SelectionSetNode,
  nodes: Map<string, FieldNode[]>,
): void {
  for (const node of selections) {
    if (node.kind === Kind.FIELD) {
      const key = (node.alias ?? node.name).value;
      const same = nodes.get(key);
      if (same === undefined) nodes.set(key, [node]);
      else same.push(node);
    } else if (node.kind === Kind.INLINE_FRAGMENT) {
      const condition = node.typeCondition?.name.value ?? type.name;
      const on = schema.getType(condition);
      if (condition === type.name || (isAbstractType(on) && schema.isSubType(on, type)))
        collect(schema, type, node.selectionSet, nodes);
    }
  }
}

function valueShape(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  sets: readonly SelectionSetNode[],
): ValueShape {
  if (isNonNullType(type)) return { ...valueShape(schema, type.ofType, sets), nonNull: true } as ValueShape;
  if (isListType(type)) return { kind: 'list', nonNull: false, of: valueShape(schema, type.ofType, sets) };
  return isCompositeType(type)
    ? { kind: 'object', nonNull: false, shape: shapeOf(schema, type, sets) }
    : { kind: 'leaf', nonNull: false };
}
