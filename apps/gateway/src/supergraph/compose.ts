import { ModaError } from '@moda/contracts';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';

/** What composition knows of a service. */
export interface SubgraphSchema {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

/**
 * One schema out of those of all services; the same schemas always give the same text.
 * @throws ModaError SUPERGRAPH_INVALID with every contradiction between the services
 */
export function composeSupergraph(subgraphs: readonly SubgraphSchema[]): string {
  const byName = [...subgraphs].sort((a, b) => (a.name < b.name ? -1 : 1));
  const result = composeServices(
    byName.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl, { noLocation: true }) })),
  );
  if (result.errors === undefined) return `${result.supergraphSdl.trimEnd()}\n`;
  const complaints = result.errors.map(({ message }) => message);
  throw new ModaError(
    'SUPERGRAPH_INVALID',
    `The schemas of the services do not fit together; correct one of them: ${complaints.join('; ')}`,
    { complaints },
  );
}
