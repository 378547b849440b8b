import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { isModaError } from '@moda/contracts';
import { checkBreaking, unaccepted } from './supergraph/breaking-changes.js';
import { composeSupergraph } from './supergraph/compose.js';
import { readSubgraphs, supergraphFile } from './supergraph/read-subgraphs.js';

const help = `compose-supergraph: one schema out of those of all services.

  compose-supergraph                   writes supergraph.graphql
  compose-supergraph --against FILE    writes nothing; names what callers of an older supergraph could no longer ask
  compose-supergraph --since COMMIT    the same against supergraph.graphql as it was in a commit, where that is known

Changes that are meant stand in accepted-changes.txt, a line each as it is printed here.
`;

/** @returns whether everything is as it should be */
function run(words: readonly string[]): boolean {
  const text = { type: 'string' } as const;
  const options = { against: text, since: text, help: { type: 'boolean' } } as const;
  const { values } = parseArgs({ args: [...words], options });
  if (values.help === true) {
    process.stdout.write(help);
    return true;
  }
  const supergraph = composeSupergraph(readSubgraphs());
  if (values.against === undefined && values.since === undefined) {
    writeFileSync(supergraphFile, supergraph);
    return true;
  }
  const older =
    values.since === undefined ? readFileSync(values.against ?? '', 'utf8') : textIn(values.since);
  if (older === undefined) {
    process.stdout.write(`There is no supergraph in ${values.since}: nothing to compare with.\n`);
    return true;
  }
  const changes = unaccepted(checkBreaking(older, supergraph), acceptedLines());
  for (const { kind, message } of changes) process.stdout.write(`${kind}: ${message}\n`);
  return changes.length === 0;
}

/** The supergraph in a commit; a shallow clone does not know all of them. */
function textIn(commit: string): string | undefined {
  try {
    return execFileSync('git', ['show', `${commit}:./supergraph.graphql`], {
      cwd: dirname(supergraphFile),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return undefined;
  }
}

function acceptedLines(): readonly string[] {
  const file = join(dirname(supergraphFile), 'accepted-changes.txt');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
}

try {
  process.exitCode = run(process.argv.slice(2)) ? 0 : 1;
} catch (error) {
  const sentence = isModaError(error) ? error.message : ((error as Error).stack ?? String(error));
  process.stderr.write(`compose-supergraph: ${sentence}\n`);
  process.exitCode = 1;
}
