import { ModaError } from '@moda/contracts';
import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

/** How large a question may be. */
export interface QueryLimits {
  /** Fields within fields; the pages of connections take three levels each. */
  readonly depth: number;
  /** Renamed fields: one question could otherwise ask the same thing a thousand times. */
  readonly aliases: number;
  /** Words and signs of the text, before anything else is looked at. */
  readonly tokens: number;
}

export const defaultQueryLimits: QueryLimits = { depth: 14, aliases: 30, tokens: 4_000 };

/** Refuses questions that are nested too deeply; introspection is as deep as it is and does not count. */
export function limitDepth(depth: number): ValidationRule {
  return measure(
    (field, inner) => (field.startsWith('__') ? 0 : 1 + inner),
    Math.max,
    depth,
    (found) =>
      `The question is ${found} fields deep; this service answers ${depth} at most, so ask in two steps.`,
  );
}

/** Refuses questions with more renamed fields; those of a fragment count wherever it is spread. */
export function limitAliases(aliases: number): ValidationRule {
  return measure(
    (_field, inner, renamed) => inner + (renamed ? 1 : 0),
    (a, b) => a + b,
    aliases,
    (found) =>
      `The question renames ${found} fields; this service answers ${aliases} at most, so send several questions.`,
  );
}

function measure(
  ofField: (name: string, inner: number, renamed: boolean) => number,
  join: (a: number, b: number) => number,
  limit: number,
  complaint: (found: number) => string,
): ValidationRule {
  return (context: ValidationContext): ASTVisitor => {
    const fragments = new Map<FragmentDefinitionNode, number>();

    const ofSet = (set: SelectionSetNode | undefined): number =>
      (set?.selections ?? []).map(ofNode).reduce(join, 0);

    const ofNode = (node: SelectionSetNode['selections'][number]): number => {
      if (node.kind === Kind.FIELD)
        return ofField(node.name.value, ofSet(node.selectionSet), node.alias !== undefined);
      if (node.kind === Kind.INLINE_FRAGMENT) return ofSet(node.selectionSet);
      const fragment = context.getFragment(node.name.value);
      return fragment ? ofFragment(fragment) : 0;
    };

    const ofFragment = (fragment: FragmentDefinitionNode): number => {
      const known = fragments.get(fragment);
      if (known !== undefined) return known;
      // A fragment within itself is refused by another rule; here it must only come to an end.
      fragments.set(fragment, 0);
      const found = ofSet(fragment.selectionSet);
      fragments.set(fragment, found);
      return found;
    };

    return {
      OperationDefinition(operation) {
        const found = ofSet(operation.selectionSet);
        if (found > limit)
          context.reportError(
            new GraphQLError(complaint(found), {
              nodes: operation,
              originalError: new ModaError('REQUEST_TOO_COMPLEX', complaint(found), { found, limit }),
            }),
          );
      },
    };
  };
}
