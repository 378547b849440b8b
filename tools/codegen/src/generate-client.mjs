import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { createHash } from 'node:crypto';
import { parse } from 'graphql';

/** How the scalars of the supergraph arrive as JSON. */
const scalars = {
  DateTimeISO: 'string',
  ID: 'string',
  JSONObject: 'Record<string, unknown>',
  SafeInt: 'number',
};

const notice =
  '// Generated from the supergraph and the operations beside it by tools/codegen; a change here is lost.\n';

/**
 * The typed client of one app: a type for what each operation takes and gives, and its text.
 *
 * @param {object} sources
 * @param {import('graphql').DocumentNode} sources.schema What people may ask.
 * @param {readonly { location: string, text: string }[]} sources.operations GraphQL files of the app.
 * @returns {Promise<string>} TypeScript
 * @throws Error naming the operation that the schema does not allow
 */
export async function generateClient({ schema, operations }) {
  const text = await codegen({
    schema,
    documents: operations.map(({ location, text }) => ({ location, document: parse(text) })),
    filename: 'operations.ts',
    config: {
      documentMode: 'string',
      useTypeImports: true,
      immutableTypes: true,
      enumType: 'string-literal',
      skipTypename: false,
      nonOptionalTypename: false,
      dedupeFragments: true,
      scalars,
    },
    plugins: [{ operations: {} }, { documents: {} }],
    pluginMap: { operations: typescriptOperations, documents: typedDocumentNode },
  });
  return `${notice}${text}`;
}

/**
 * Texts by their sha256 in hexadecimal digits, as the gateway lists the documents that it trusts.
 *
 * @param {readonly string[]} texts
 */
export function trustedDocuments(texts) {
  const digest = (text) => createHash('sha256').update(text).digest('hex');
  return Object.fromEntries(texts.map((text) => [digest(text), text]).sort(([a], [b]) => (a < b ? -1 : 1)));
}
