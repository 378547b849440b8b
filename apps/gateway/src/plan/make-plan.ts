import {
  type DocumentNode,
  type FieldNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type InlineFragmentNode,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { FederatedGraph } from './federated-graph.js';
import { type DraftFetch, finishFetch } from './finish-fetch.js';
import { plainSelections } from './plain-operation.js';
import type { Fetch, Plan, Step } from './plan.js';
import { shapeOf } from './shape.js';

/** The operation needs more than the planner knows. */
class Beyond extends Error {}

/**
 * How a valid operation is answered with as few questions to services as its joins need; undefined where another engine has to do it:
 * introspection, subscriptions, and whatever of federation goes beyond plain keys.
 * @param holds the value of a variable that a `@skip` or `@include` names
 */
export function makePlan(
  graph: FederatedGraph,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  holds: (variable: string) => boolean,
): Plan | undefined {
  const rootType = graph.schema.getRootType(operation.operation);
  if (rootType == null || operation.operation === OperationTypeNode.SUBSCRIPTION) return undefined;
  const set = plainSelections(document, operation, holds);
  try {
    const fetches = planRoot(graph, rootType, set, operation);
    return {
      operation: operation.operation,
      fetches,
      rootType,
      shape: shapeOf(graph.schema, rootType, [set]),
    };
  } catch (error) {
    if (error instanceof Beyond) return undefined;
    throw error;
  }
}

/** A question for each service, or for each field where their order counts. */
function planRoot(
  graph: FederatedGraph,
  rootType: GraphQLObjectType,
  set: SelectionSetNode,
  operation: OperationDefinitionNode,
): readonly Fetch[] {
  const inOrder = operation.operation === OperationTypeNode.MUTATION;
  const drafts = new Map<string, DraftFetch>();
  for (const node of rootFields(set)) {
    const name = node.name.value;
    if (name === '__typename') continue;
    if (name.startsWith('__')) throw new Beyond();
    const key = (node.alias ?? node.name).value;
    const services = graph.servicesOf(rootType.name, name);
    const service = services.find((candidate) => !inOrder && drafts.has(candidate)) ?? services[0];
    if (service === undefined || graph.isBeyond(rootType.name)) throw new Beyond();
    const place = inOrder ? key : service;
    const draft = drafts.get(place) ?? newDraft(service);
    drafts.set(place, draft);
    draft.selections.push(...select(graph, rootType, [node], draft, []));
  }
  return [...drafts.values()].map((draft) => finishFetch(draft, operation));
}

/** Fragments on the root are all on its one type. */
function rootFields({ selections }: SelectionSetNode): readonly FieldNode[] {
  return selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node];
    return node.kind === Kind.INLINE_FRAGMENT ? rootFields(node.selectionSet) : [];
  });
}

function newDraft(service: string, entities?: DraftFetch['entities']): DraftFetch {
  return { service, selections: [], next: new Map(), ...(entities && { entities }) };
}

/** What of a selection the service of a fetch answers; the rest becomes fetches behind it. */
function select(
  graph: FederatedGraph,
  type: GraphQLCompositeType,
  selections: readonly SelectionNode[],
  fetch: DraftFetch,
  steps: readonly Step[],
): SelectionNode[] {
  if (graph.isBeyond(type.name) || isInterfaceType(type)) throw new Beyond();
  const here: SelectionNode[] = [];
  const elsewhere: FieldNode[] = [];
  for (const node of selections) {
    if (node.kind === Kind.INLINE_FRAGMENT) here.push(...selectFragment(graph, type, node, fetch, steps));
    else if (node.kind === Kind.FIELD) {
      checkAlias(graph, node);
      // Types are known here, or asked for below.
      if (node.name.value === '__typename') continue;
      if (!isObjectType(type)) throw new Beyond();
      if (graph.servicesOf(type.name, node.name.value).includes(fetch.service))
        here.push(selectField(graph, type, node, fetch, steps));
      else elsewhere.push(node);
    }
  }
  if (isObjectType(type)) here.push(...selectElsewhere(graph, type, elsewhere, fetch, steps));
  return isAbstractType(type) || here.length === 0 ? [fieldNode('__typename'), ...here] : here;
}

function selectField(
  graph: FederatedGraph,
  type: GraphQLObjectType,
  node: FieldNode,
  fetch: DraftFetch,
  steps: readonly Step[],
): FieldNode {
  if (node.selectionSet === undefined) return node;
  const inner = getNamedType(type.getFields()[node.name.value]!.type);
  if (!isCompositeType(inner)) throw new Beyond();
  const below = [...steps, { field: (node.alias ?? node.name).value }];
  const selections = select(graph, inner, node.selectionSet.selections, fetch, below);
  return { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

function selectFragment(
  graph: FederatedGraph,
  type: GraphQLCompositeType,
  { typeCondition, selectionSet }: InlineFragmentNode,
  fetch: DraftFetch,
  steps: readonly Step[],
): SelectionNode[] {
  const on = graph.schema.getType(typeCondition?.name.value ?? type.name);
  if (on === type) return select(graph, type, selectionSet.selections, fetch, steps);
  if (!isObjectType(on)) throw new Beyond();
  // A service never answers with a type that it does not have.
  if (!graph.knows(fetch.service, on.name)) return [];
  const selections = select(graph, on, selectionSet.selections, fetch, [...steps, { type: on.name }]);
  const condition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: on.name } } as const;
  return [
    {
      kind: Kind.INLINE_FRAGMENT,
      typeCondition: condition,
      selectionSet: { kind: Kind.SELECTION_SET, selections },
    },
  ];
}

/** Leaves fields of an entity to the service that has them; gives the keys that this needs here. */
function selectElsewhere(
  graph: FederatedGraph,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  fetch: DraftFetch,
  steps: readonly Step[],
): SelectionNode[] {
  const keys = new Set<string>();
  for (const node of nodes) {
    const { service, key } = joinOf(graph, type.name, node.name.value, fetch.service);
    keys.add(key);
    const place = JSON.stringify([service, type.name, steps]);
    const draft = fetch.next.get(place) ?? newDraft(service, { type: type.name, key, steps });
    fetch.next.set(place, draft);
    draft.selections.push(...select(graph, type, [node], draft, []));
  }
  return [...keys].map(fieldNode);
}

function joinOf(graph: FederatedGraph, type: string, field: string, from: string) {
  for (const service of graph.servicesOf(type, field))
    for (const key of graph.keysOf(service, type))
      if (graph.servicesOf(type, key).includes(from)) return { service, key };
  throw new Beyond();
}

/** The names by which objects are recognised must stay free. */
function checkAlias(graph: FederatedGraph, { alias, name }: FieldNode): void {
  if (alias === undefined || alias.value === name.value) return;
  if (alias.value.startsWith('__') || graph.keyNames.has(alias.value)) throw new Beyond();
}

function fieldNode(name: string): FieldNode {
  return { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name } };
}
