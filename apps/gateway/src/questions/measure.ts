import {
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** The size of a question; fragments count wherever they are spread. */
export interface Measures {
  readonly definitions: number;
  /** Fields that ask for what is asked for beside them already. */
  readonly repetitions: number;
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** Of the widest set of selections. */
  readonly breadth: number;
  /** Infinite where it cannot be counted any more. */
  readonly answerFields: number;
}

type Variables = Readonly<Record<string, unknown>>;

/** The measures that grow with what fragments spread. */
type Spread = Omit<Measures, 'definitions' | 'repetitions'>;

const nothing: Spread = { depth: 0, aliases: 0, rootFields: 0, breadth: 0, answerFields: 0 };

/** Names of the arguments that say how long a list becomes. */
const pageArguments = ['first', 'last'];

/** Measures the largest operation of a document in time proportional to its text, before it is known to be valid. */
export function measureQuestion(document: DocumentNode, variables: Variables): Measures {
  const fragments = new Map(document.definitions.filter(isFragment).map((node) => [node.name.value, node]));
  const spread = document.definitions
    .filter(isOperation)
    .map((operation) => measureOperation(operation, fragments, { ...defaultsOf(operation), ...variables }))
    .reduce(larger, nothing);
  return { ...spread, definitions: document.definitions.length, repetitions: repetitionsIn(document) };
}

/** Counted as it is written: what fragments repeat is compared once for each pair of them. */
function repetitionsIn(document: DocumentNode): number {
  let repetitions = 0;
  const visit = (set: SelectionSetNode | undefined, names: Set<string>): void => {
    for (const node of set?.selections ?? []) {
      if (node.kind === Kind.INLINE_FRAGMENT) visit(node.selectionSet, names);
      if (node.kind !== Kind.FIELD) continue;
      const name = (node.alias ?? node.name).value;
      if (names.has(name)) repetitions += 1;
      names.add(name);
      visit(node.selectionSet, new Set());
    }
  };
  for (const definition of document.definitions)
    if (isOperation(definition) || isFragment(definition)) visit(definition.selectionSet, new Set());
  return repetitions;
}

function measureOperation(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Variables,
): Spread {
  const known = new Map<string, Spread>();

  const ofSet = (set: SelectionSetNode | undefined): Spread => {
    const selections = set?.selections ?? [];
    return selections.map(ofSelection).reduce(together, { ...nothing, breadth: selections.length });
  };

  const ofSelection = (node: SelectionSetNode['selections'][number]): Spread => {
    if (node.kind === Kind.INLINE_FRAGMENT) return ofSet(node.selectionSet);
    if (node.kind === Kind.FRAGMENT_SPREAD) return ofFragment(node.name.value);
    const inner = ofSet(node.selectionSet);
    return {
      // Introspection is as deep as it is, and other rules keep it from going in circles.
      depth: node.name.value.startsWith('__') ? 0 : 1 + inner.depth,
      aliases: inner.aliases + (node.alias === undefined ? 0 : 1),
      rootFields: 1,
      breadth: inner.breadth,
      answerFields: 1 + inner.answerFields * pageSize(node, variables),
    };
  };

  const ofFragment = (name: string): Spread => {
    const found = known.get(name);
    if (found !== undefined) return found;
    // A fragment within itself is refused by another rule; here it must only come to an end.
    known.set(name, nothing);
    const measures = ofSet(fragments.get(name)?.selectionSet);
    known.set(name, measures);
    return measures;
  };

  return ofSet(operation.selectionSet);
}

/** How many entries a field asks for. */
function pageSize(field: FieldNode, variables: Variables): number {
  const asked = (field.arguments ?? [])
    .filter(({ name }) => pageArguments.includes(name.value))
    .map(({ value }) => {
      if (value.kind === Kind.INT) return Number(value.value);
      return value.kind === Kind.VARIABLE ? Number(variables[value.name.value]) : 1;
    });
  return Math.max(1, ...asked.filter((size) => !Number.isNaN(size)));
}

/** Names of the variables that say how long lists become: on no others does the size of a question depend. */
export function pageVariables(document: DocumentNode): readonly string[] {
  const found = new Set<string>();
  visit(document, {
    Argument({ name, value }) {
      if (pageArguments.includes(name.value) && value.kind === Kind.VARIABLE) found.add(value.name.value);
    },
  });
  return [...found];
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
    ),
  );
}

/** Of selections side by side. */
function together(a: Spread, b: Spread): Spread {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    rootFields: a.rootFields + b.rootFields,
    breadth: Math.max(a.breadth, b.breadth),
    answerFields: a.answerFields + b.answerFields,
  };
}

/** Only one operation of a document is answered. */
function larger(a: Spread, b: Spread): Spread {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: Math.max(a.aliases, b.aliases),
    rootFields: Math.max(a.rootFields, b.rootFields),
    breadth: Math.max(a.breadth, b.breadth),
    answerFields: Math.max(a.answerFields, b.answerFields),
  };
}

function isFragment(node: DefinitionNode): node is FragmentDefinitionNode {
  return node.kind === Kind.FRAGMENT_DEFINITION;
}

function isOperation(node: DefinitionNode): node is OperationDefinitionNode {
  return node.kind === Kind.OPERATION_DEFINITION;
}
