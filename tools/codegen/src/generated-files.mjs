import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation';
import { parse, printSchema } from 'graphql';
import { format, resolveConfig } from 'prettier';
import { generateClient, trustedDocuments } from './generate-client.mjs';

const apps = ['experiments-web', 'marketplace-web'];

/**
 * What is generated from the supergraph and the operations of the web apps, as it should be.
 *
 * @param {string} root Absolute path of the repository.
 * @returns {Promise<{ path: string, text: string }[]>} Paths from the root.
 */
export async function generatedFiles(root) {
  const supergraphSdl = readFileSync(join(root, 'apps/gateway/supergraph.graphql'), 'utf8');
  const schema = parse(printSchema(getStitchedSchemaFromSupergraphSdl({ supergraphSdl })));
  const clients = await Promise.all(
    apps.map(async (app) => {
      const folder = join(root, 'apps', app, 'src', 'graphql');
      const operations = operationsIn(folder).map((path) => ({
        location: relative(root, path),
        text: readFileSync(path, 'utf8'),
      }));
      const text = await generateClient({ schema, operations });
      return { path: join('apps', app, 'src', 'graphql', 'generated', 'operations.ts'), text };
    }),
  );
  const trusted = {
    path: join('apps', 'gateway', 'trusted-documents.json'),
    text: JSON.stringify(trustedDocuments(clients.flatMap(({ text }) => textsOf(text)))),
  };
  return Promise.all(
    [...clients, trusted].map(async ({ path, text }) => ({
      path,
      text: await format(text, { ...(await resolveConfig(join(root, path))), filepath: path }),
    })),
  );
}

function operationsIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => join(folder, name));
}

/** The text of each operation as an app will send it. */
function textsOf(client) {
  return [...client.matchAll(/new TypedDocumentString\(`([^`]*)`/g)]
    .map(([, text]) => text.trim())
    .filter((text) => !text.startsWith('fragment '));
}
