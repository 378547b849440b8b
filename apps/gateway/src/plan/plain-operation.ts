import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

type Selected = (node: SelectionNode) => boolean;

/**
 * An operation with its fragments written out and without what `@skip` and `@include` leave away.
 * @param holds the value of a variable that a condition names
 */
export function plainSelections(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  holds: (variable: string) => boolean,
): SelectionSetNode {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const isSelected: Selected = (node) =>
    (node.directives ?? []).every(({ name, arguments: given = [] }) => {
      if (name.value !== 'skip' && name.value !== 'include') return true;
      const value = given[0]?.value;
      const isTrue =
        value?.kind === Kind.VARIABLE ? holds(value.name.value) : value?.kind === Kind.BOOLEAN && value.value;
      return isTrue === (name.value === 'include');
    });

  const plain = (set: SelectionSetNode): SelectionSetNode => ({
    kind: Kind.SELECTION_SET,
    selections: set.selections.filter(isSelected).flatMap(plainNode),
  });
  const plainNode = (node: SelectionNode): readonly SelectionNode[] => {
    if (node.kind === Kind.FIELD) {
      const { alias, name, arguments: given, selectionSet } = node;
      return [
        {
          kind: Kind.FIELD,
          ...(alias && { alias }),
          name,
          ...(given && { arguments: given }),
          ...(selectionSet && { selectionSet: plain(selectionSet) }),
        },
      ];
    }
    const of = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
    if (of === undefined) return [];
    const selectionSet = plain(of.selectionSet);
    if (of.typeCondition === undefined) return selectionSet.selections;
    return [{ kind: Kind.INLINE_FRAGMENT, typeCondition: of.typeCondition, selectionSet }];
  };
  return plain(operation.selectionSet);
}

/** Names of the variables that conditions depend on, sorted. */
export function conditionVariables(document: DocumentNode): readonly string[] {
  const found = new Set<string>();
  const visit = (set: SelectionSetNode | undefined): void => {
    for (const node of set?.selections ?? []) {
      for (const { name, arguments: given = [] } of node.directives ?? []) {
        const value = given[0]?.value;
        if ((name.value === 'skip' || name.value === 'include') && value?.kind === Kind.VARIABLE)
          found.add(value.name.value);
      }
      if (node.kind !== Kind.FRAGMENT_SPREAD) visit(node.selectionSet);
    }
  };
  for (const node of document.definitions) if ('selectionSet' in node) visit(node.selectionSet);
  return [...found].sort();
}
