import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type KnownSubgraph, knownSubgraphs } from '../subgraphs/known-subgraphs.js';
import type { SubgraphSchema } from './compose.js';

/** Two floors up from here, in the sources as in what is built of them. */
const appFolder = new URL('../../', import.meta.url);

/** Where the supergraph is kept. */
export const supergraphFile = fileURLToPath(new URL('supergraph.graphql', appFolder));

/** The schemas of all services that have one. */
export function readSubgraphs(known: readonly KnownSubgraph[] = knownSubgraphs): readonly SubgraphSchema[] {
  return known.flatMap(({ name, schemaFile, defaultUrl }) => {
    const file = new URL(schemaFile, appFolder);
    return existsSync(file) ? [{ name, url: `${defaultUrl}/graphql`, sdl: readFileSync(file, 'utf8') }] : [];
  });
}
