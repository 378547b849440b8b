import {
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isCompositeType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { Dice } from '../../testing/hostile-questions.js';

/** Values for the arguments that fields need. */
const needed: Readonly<Record<string, string>> = { id: '"2"', name: '"herb 1"' };

/** A valid question of chance: joins, lists, fragments, other names and conditions. */
export function randomQuestion(schema: GraphQLSchema, dice: Dice): string {
  const set = selections(schema, schema.getQueryType()!, dice, 4);
  return `query ($yes: Boolean = true, $no: Boolean!) { used: __typename @include(if: $yes) @skip(if: $no) ${set} }`;
}

function selections(schema: GraphQLSchema, type: GraphQLCompositeType, dice: Dice, depth: number): string {
  const chosen = list(1 + dice(4), () => selection(schema, type, dice, depth));
  return [...chosen, '__typename'].join(' ');
}

function selection(schema: GraphQLSchema, type: GraphQLCompositeType, dice: Dice, depth: number): string {
  if (isUnionType(type)) {
    const members = schema.getPossibleTypes(type);
    const member = members[dice(members.length)]!;
    return `... on ${member.name}${condition(dice)} { ${selections(schema, member, dice, depth)} }`;
  }
  if (!isObjectType(type)) return '__typename';
  if (dice(6) === 0)
    return `... ${dice(2) === 0 ? `on ${type.name}` : ''}${condition(dice)} { ${selections(schema, type, dice, depth)} }`;
  const fields = Object.values(type.getFields()).filter(
    (field) => depth > 1 || !isCompositeType(getNamedType(field.type)),
  );
  const field = fields[dice(fields.length)];
  if (field === undefined) return '__typename';
  const given = field.args.flatMap(({ name }) => {
    if (name === 'first') return dice(2) === 0 ? ['first: 2'] : [];
    return [`${name}: ${needed[name] ?? 'null'}`];
  });
  const inner = getNamedType(field.type);
  const below = isCompositeType(inner) ? ` { ${selections(schema, inner, dice, depth - 1)} }` : '';
  // Names that say what is asked for, so that the same name never means two things.
  const alias =
    dice(3) === 0 || given.length > 0 ? `${field.name}_${given.join('').replaceAll(/\W/g, '')}: ` : '';
  return `${alias}${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${condition(dice)}${below}`;
}

function condition(dice: Dice): string {
  return ['', '', '', '', '', ' @include(if: $yes)', ' @skip(if: $no)', ' @include(if: $no)'][dice(8)]!;
}

function list<T>(length: number, of: () => T): T[] {
  return Array.from({ length }, of);
}
