import {
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
  type SelectionNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import type { Fetch, Step } from './plan.js';

/** A fetch that is still being planned. */
export interface DraftFetch {
  readonly service: string;
  readonly selections: SelectionNode[];
  readonly entities?: { readonly type: string; readonly key: string; readonly steps: readonly Step[] };
  /** By service, type and place. */
  readonly next: Map<string, DraftFetch>;
}

/** Writes the questions of a planned fetch and of all behind it. */
export function finishFetch(draft: DraftFetch, operation: OperationDefinitionNode): Fetch {
  const { service, selections, entities } = draft;
  const next = [...draft.next.values()].map((behind) => finishFetch(behind, operation));
  const used = variablesIn(selections);
  const definitions = (operation.variableDefinitions ?? []).filter(({ variable }) =>
    used.has(variable.name.value),
  );
  const shared = { service, variables: [...used], firstField: firstFieldOf(selections), next };
  if (entities === undefined) {
    const queryJson = JSON.stringify(textOf(operation.operation, definitions, selections));
    const kind = operation.operation === OperationTypeNode.MUTATION ? 'mutation' : 'query';
    return { ...shared, operation: kind, queryJson };
  }
  const variable = freeName(used);
  const text = entitiesText(definitions, selections, entities.type, variable);
  return {
    ...shared,
    operation: 'query',
    queryJson: JSON.stringify(text),
    entities: { ...entities, variable },
  };
}

function textOf(
  operation: OperationTypeNode,
  variableDefinitions: readonly VariableDefinitionNode[],
  selections: readonly SelectionNode[],
): string {
  return compact(
    print({
      kind: Kind.OPERATION_DEFINITION,
      operation,
      variableDefinitions,
      selectionSet: { kind: Kind.SELECTION_SET, selections },
    }),
  );
}

function entitiesText(
  definitions: readonly VariableDefinitionNode[],
  selections: readonly SelectionNode[],
  type: string,
  variable: string,
): string {
  const declared = [`$${variable}: [_Any!]!`, ...definitions.map((node) => print(node))].join(', ');
  const asked = print({ kind: Kind.SELECTION_SET, selections });
  return compact(
    `query (${declared}) { _entities(representations: $${variable}) { ... on ${type} ${asked} } }`,
  );
}

/** Indentation is for people; texts in the question keep theirs. */
function compact(text: string): string {
  return text.includes('"""') ? text : text.replaceAll(/\n\s*/g, ' ');
}

function variablesIn(selections: readonly SelectionNode[]): ReadonlySet<string> {
  const found = new Set<string>();
  visit(
    { kind: Kind.SELECTION_SET, selections },
    {
      Variable: ({ name }) => {
        found.add(name.value);
      },
    },
  );
  return found;
}

/** A name that no variable of the caller has. */
function freeName(taken: ReadonlySet<string>): string {
  let name = 'representations';
  while (taken.has(name)) name += '_';
  return name;
}

function firstFieldOf(selections: readonly SelectionNode[]): string {
  const field = selections.find((node) => node.kind === Kind.FIELD);
  return field === undefined ? '__typename' : (field.alias ?? field.name).value;
}
