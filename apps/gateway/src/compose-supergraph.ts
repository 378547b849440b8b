import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isModaError } from '@moda/contracts';
import { checkBreaking } from './supergraph/breaking-changes.js';
import { composeSupergraph } from './supergraph/compose.js';
import { readSubgraphs, supergraphFile } from './supergraph/read-subgraphs.js';

/** Writes the supergraph; with `--against older.graphql` it names what breaks, and fails if anything does. */
function composeAndCompare(words: readonly string[]): boolean {
  const { values } = parseArgs({ args: [...words], options: { against: { type: 'string' } } });
  const supergraph = composeSupergraph(readSubgraphs());
  const older = values.against === undefined ? undefined : readFileSync(values.against, 'utf8');
  writeFileSync(supergraphFile, supergraph);
  const changes = older === undefined ? [] : checkBreaking(older, supergraph);
  for (const { kind, message } of changes) process.stdout.write(`${kind}: ${message}\n`);
  return changes.length === 0;
}

try {
  process.exitCode = composeAndCompare(process.argv.slice(2)) ? 0 : 1;
} catch (error) {
  const sentence = isModaError(error) ? error.message : ((error as Error).stack ?? String(error));
  process.stderr.write(`compose-supergraph: ${sentence}\n`);
  process.exitCode = 1;
}
