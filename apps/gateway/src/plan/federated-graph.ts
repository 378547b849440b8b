import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import {
  buildASTSchema,
  type DirectiveNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  Kind,
  parse,
} from 'graphql';

/** A supergraph as the planner sees it: what callers may ask, and which service answers which field. */
export interface FederatedGraph {
  /** What callers see. */
  readonly schema: GraphQLSchema;
  /** The services that answer a field, in the order of the supergraph. */
  servicesOf(type: string, field: string): readonly string[];
  /** Whether a service has a type. */
  knows(service: string, type: string): boolean;
  /** Fields by which a service finds an entity, each of them enough. */
  keysOf(service: string, type: string): readonly string[];
  /** Names of all fields that are keys. */
  readonly keyNames: ReadonlySet<string>;
  /** Whether the planner must leave a type to another engine: what is said of it goes beyond plain keys and fields. */
  isBeyond(type: string): boolean;
}

interface JoinedType {
  /** By the service: its keys. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly beyond: boolean;
}

/** Arguments of a joined field that say more than where it is. */
const unplanned = ['requires', 'provides', 'override', 'usedOverridden', 'external', 'type'];

/** @param supergraphSdl as composition writes it, with its join directives */
export function readFederatedGraph(supergraphSdl: string): FederatedGraph {
  const document = parse(supergraphSdl, { noLocation: true });
  const names = new Map<string, string>();
  const types = new Map<string, JoinedType>();
  for (const node of document.definitions) {
    if (node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph')
      for (const { name, directives } of node.values ?? [])
        names.set(name.value, textOf(directives?.[0], 'name') ?? name.value);
  }
  for (const node of document.definitions) {
    if (!('directives' in node) || node.kind === Kind.SCHEMA_DEFINITION || !('name' in node)) continue;
    const fields = node.kind === Kind.OBJECT_TYPE_DEFINITION ? (node.fields ?? []) : [];
    types.set(node.name?.value ?? '', joinedType(node.kind, node.directives ?? [], fields, names));
  }
  return {
    schema: buildASTSchema(transformSupergraphToPublicSchema(document), { assumeValidSDL: true }),
    servicesOf: (type, field) => types.get(type)?.fields.get(field) ?? [],
    knows: (service, type) => types.get(type)?.keys.has(service) === true,
    keysOf: (service, type) => types.get(type)?.keys.get(service) ?? [],
    keyNames: new Set([...types.values()].flatMap(({ keys }) => [...keys.values()].flat())),
    isBeyond: (type) => types.get(type)?.beyond !== false,
  };
}

function joinedType(
  kind: Kind,
  directives: readonly DirectiveNode[],
  fieldNodes: readonly FieldDefinitionNode[],
  names: ReadonlyMap<string, string>,
): JoinedType {
  const keys = new Map<string, string[]>();
  let beyond = kind === Kind.INTERFACE_TYPE_DEFINITION;
  for (const node of directives.filter(({ name }) => name.value === 'join__type')) {
    const service = names.get(textOf(node, 'graph') ?? '') ?? '';
    const key = textOf(node, 'key');
    const simple = key !== undefined && /^\w+$/.test(key) && textOf(node, 'resolvable') !== 'false';
    keys.set(service, [...(keys.get(service) ?? []), ...(simple ? [key] : [])]);
    beyond ||= textOf(node, 'isInterfaceObject') === 'true';
  }
  const fields = new Map<string, string[]>();
  for (const { name, directives: ofField = [] } of fieldNodes) {
    const joins = ofField.filter((node) => node.name.value === 'join__field');
    beyond ||= joins.some((node) => unplanned.some((argument) => textOf(node, argument) !== undefined));
    const services = joins.map((node) => names.get(textOf(node, 'graph') ?? '') ?? '');
    fields.set(name.value, services.length === 0 ? [...keys.keys()] : services);
  }
  return { keys, fields, beyond };
}

/** An argument of a directive as it is written. */
function textOf(node: DirectiveNode | undefined, argument: string): string | undefined {
  const value = node?.arguments?.find(({ name }) => name.value === argument)?.value;
  if (value === undefined || !('value' in value)) return undefined;
  return String(value.value);
}
