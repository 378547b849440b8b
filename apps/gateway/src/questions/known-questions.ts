import type { GraphQLError } from 'graphql';
import {
  type DocumentNode,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  validate,
} from 'graphql';
import type { FederatedGraph } from '../plan/federated-graph.js';
import { makePlan } from '../plan/make-plan.js';
import { conditionVariables } from '../plan/plain-operation.js';
import { type Plan, planSize } from '../plan/plan.js';
import { admitText, checkSize, type ReadQuestion } from './admit.js';
import { boundedCache } from './bounded-cache.js';
import type { QuestionLimits } from './limits.js';
import { pageVariables } from './measure.js';

/** What is to be done with an admitted question. */
export type PreparedQuestion =
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'refused'; readonly errors: readonly GraphQLError[] }
  /** Another engine has to look at it. */
  | { readonly kind: 'unplanned' };

export interface KnownQuestions {
  /**
   * @throws ModaError REQUEST_TOO_COMPLEX, REQUEST_INVALID
   * @throws GraphQLError where the text is not of the language
   */
  prepare(question: ReadQuestion): PreparedQuestion;
}

/** A text that was read, and fits the schema. */
interface KnownText {
  readonly document: DocumentNode;
  readonly conditions: readonly string[];
  readonly pages: readonly string[];
  /** Values of `pages` with which its size was found to be within the limits. */
  readonly checked: Set<string>;
}

type Variables = Readonly<Record<string, unknown>>;

/** What reading a text leaves behind is about so much larger than the text (bytes for each character). */
const bytesPerCharacter = 200;
const mostBytes = 64 * 2 ** 20;
const mostChecked = 100;
/** Of one question; whoever makes more mistakes hears of the others when these are mended. */
const maxErrors = 20;

/** Remembers texts and plans, so that the same question with other values costs little more than its answers. */
export function createKnownQuestions(graph: FederatedGraph, limits: QuestionLimits): KnownQuestions {
  const texts = boundedCache<KnownText>(mostBytes);
  const plans = boundedCache<Plan | 'unplanned'>(mostBytes);

  const readText = (source: string, variables: Variables): KnownText | readonly GraphQLError[] => {
    const known = texts.get(source);
    if (known !== undefined) {
      checkKnown(known, variables, limits);
      return known;
    }
    const document = admitText(source, limits);
    checkSize(document, variables, limits);
    const errors = validate(graph.schema, document, undefined, { maxErrors });
    if (errors.length > 0) return coded(errors, 'GRAPHQL_VALIDATION_FAILED');
    const conditions = conditionVariables(document);
    const fresh = { document, conditions, pages: pageVariables(document), checked: new Set<string>() };
    texts.set(source, fresh, source.length * bytesPerCharacter);
    return fresh;
  };

  return {
    prepare({ source, operationName, variables }) {
      const known = readText(source, variables);
      if (!('document' in known)) return { kind: 'refused', errors: known };
      const operation = getOperationAST(known.document, operationName);
      if (operation == null) return { kind: 'unplanned' };
      const values = valuesOf(graph, operation, variables);
      if (values.errors !== undefined) return { kind: 'refused', errors: values.errors };
      const conditions = known.conditions.map((name) => values.coerced[name] === true);
      const key = JSON.stringify([source, operationName, conditions]);
      let plan = plans.get(key);
      if (plan === undefined) {
        plan =
          makePlan(graph, known.document, operation, (name) => values.coerced[name] === true) ?? 'unplanned';
        plans.set(key, plan, key.length + (plan === 'unplanned' ? 0 : planSize(plan) * bytesPerCharacter));
      }
      return plan === 'unplanned' ? { kind: 'unplanned' } : { kind: 'planned', plan };
    },
  };
}

/** @throws ModaError REQUEST_TOO_COMPLEX */
function checkKnown({ document, pages, checked }: KnownText, variables: Variables, limits: QuestionLimits) {
  if (pages.length === 0) return;
  const sizes = JSON.stringify(pages.map((name) => variables[name] ?? null));
  if (checked.has(sizes)) return;
  checkSize(document, variables, limits);
  if (checked.size < mostChecked && sizes.length < mostChecked) checked.add(sizes);
}

function valuesOf(
  { schema }: FederatedGraph,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
): { readonly coerced: Variables; readonly errors?: never } | { readonly errors: readonly GraphQLError[] } {
  if (variableDefinitions.length === 0) return { coerced: {} };
  const { coerced, errors } = getVariableValues(schema, variableDefinitions, variables, { maxErrors });
  if (coerced !== undefined) return { coerced };
  return { errors: coded(errors, 'BAD_USER_INPUT') };
}

function coded(errors: readonly GraphQLError[], code: string): readonly GraphQLError[] {
  for (const error of errors) error.extensions['code'] = code;
  return errors;
}
