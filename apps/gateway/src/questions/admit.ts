import { ModaError } from '@moda/contracts';
import { type DocumentNode, GraphQLError, parse, visit } from 'graphql';
import type { TrustedDocuments } from '../documents/trusted-documents.js';
import type { QuestionLimits } from './limits.js';
import { measureQuestion } from './measure.js';
import { scanQuestion } from './scan.js';

/** A question as it comes over the wire. */
export interface AskedQuestion {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
  readonly documentId?: unknown;
}

/** A question that is small enough to be looked at closely; not yet known to fit the schema. */
export interface AdmittedQuestion {
  readonly source: string;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface AdmissionRules {
  readonly limits: QuestionLimits;
  readonly trusted: TrustedDocuments;
}

/** What a request asks, before its text is looked at. */
export type ReadQuestion = Omit<AdmittedQuestion, 'document'>;

/**
 * Finds the text, the operation and the variables of a request.
 * @throws ModaError REQUEST_INVALID, DOCUMENT_UNTRUSTED
 */
export function readQuestion(asked: unknown, trusted: TrustedDocuments): ReadQuestion {
  const { query, operationName, variables, extensions, documentId } = formOf(asked);
  const source = trusted.resolve({ text: query, digest: digestOf(documentId, extensions) });
  return { source, operationName, variables };
}

/**
 * The first look at a question, in time proportional to its text.
 * @throws ModaError REQUEST_INVALID, REQUEST_TOO_COMPLEX, DOCUMENT_UNTRUSTED
 * @throws GraphQLError where the text is not of the language
 */
export function admitQuestion(asked: unknown, { limits, trusted }: AdmissionRules): AdmittedQuestion {
  const question = readQuestion(asked, trusted);
  const document = admitText(question.source, limits);
  checkSize(document, question.variables, limits);
  return { ...question, document };
}

/**
 * Reads a text that is not too long to be read.
 * @throws ModaError REQUEST_TOO_COMPLEX, REQUEST_INVALID
 * @throws GraphQLError where the text is not of the language
 */
export function admitText(source: string, limits: QuestionLimits): DocumentNode {
  try {
    checkLimits(scanQuestion(source, limits.tokens), limits);
    const document = parse(source);
    checkNames(document);
    return document;
  } catch (error) {
    if (error instanceof GraphQLError) error.extensions['code'] = 'GRAPHQL_PARSE_FAILED';
    throw error;
  }
}

/**
 * Names with two underscores are the language's own. As the name of a field in an answer one of them, `__proto__`, would reach what all objects
 * of a program share.
 * @throws ModaError REQUEST_INVALID
 */
function checkNames(document: DocumentNode): void {
  visit(document, {
    Field: ({ alias }) => {
      if (alias?.value.startsWith('__') === true)
        throw invalid(
          `The question calls a field ${JSON.stringify(alias.value)}; names with two underscores belong to the language, so choose another.`,
        );
    },
  });
}

/** @throws ModaError REQUEST_TOO_COMPLEX where an operation, with these variables, is too large */
export function checkSize(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  limits: QuestionLimits,
): void {
  checkLimits(measureQuestion(document, variables), limits);
}

type Limit = keyof QuestionLimits;

const complaints: Readonly<Record<Limit, (found: number, most: number) => string>> = {
  tokens: (_found, most) => `The question has more than ${most} words and signs`,
  nesting: (found) => `The question has brackets ${found} deep in each other`,
  nameLength: (found) => `A name in the question has ${found} characters`,
  definitions: (found) => `The question has ${found} operations and fragments`,
  repetitions: (found) => `The question asks ${found} times for what it asks for beside it already`,
  depth: (found) => `The question is ${found} fields deep`,
  aliases: (found) => `The question renames ${found} fields`,
  rootFields: (found) => `The question is ${found} questions at once`,
  breadth: (found) => `The question has ${found} selections side by side`,
  answerFields: (found) => `The answer could have ${found} fields`,
};

/** @throws ModaError REQUEST_TOO_COMPLEX for the first measure beyond its limit */
function checkLimits(measures: Partial<Record<Limit, number>>, limits: QuestionLimits): void {
  for (const [name, found] of Object.entries(measures) as [Limit, number][]) {
    const most = limits[name];
    if (found <= most) continue;
    const fact = complaints[name](found, most);
    throw new ModaError(
      'REQUEST_TOO_COMPLEX',
      `${fact}; ${most} are answered at most, so ask in several steps.`,
      { limit: name, found: Number.isFinite(found) ? found : 'more than can be counted', most },
    );
  }
}

function formOf(asked: unknown) {
  if (typeof asked !== 'object' || asked === null || Array.isArray(asked))
    throw invalid('A question is one JSON object with `query` and `variables`; send one at a time.');
  const { query, operationName, variables, extensions, documentId } = asked as AskedQuestion;
  if (query != null && typeof query !== 'string')
    throw invalid('`query` is no text; send the question there.');
  if (operationName != null && typeof operationName !== 'string')
    throw invalid('`operationName` is no text; name an operation of the question, or leave it out.');
  if (variables != null && (typeof variables !== 'object' || Array.isArray(variables)))
    throw invalid('`variables` is no object; send the values by their names, or leave it out.');
  return {
    query: query ?? undefined,
    operationName: operationName ?? undefined,
    variables: (variables ?? {}) as Readonly<Record<string, unknown>>,
    extensions,
    documentId,
  };
}

/** The digest in place of a text, in either form that clients send. */
function digestOf(documentId: unknown, extensions: unknown): string | undefined {
  if (typeof documentId === 'string') return documentId.replace(/^sha256:/, '');
  const { persistedQuery } = Object(extensions) as { persistedQuery?: unknown };
  const { sha256Hash } = Object(persistedQuery) as { sha256Hash?: unknown };
  return typeof sha256Hash === 'string' ? sha256Hash : undefined;
}

function invalid(message: string): ModaError {
  return new ModaError('REQUEST_INVALID', message);
}
