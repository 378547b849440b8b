import { parseArgs } from 'node:util';
import { ModaError } from '@moda/contracts';
import type { WebApp } from './web-app.js';

export function helpOf({ name, purpose, defaultPort, variablePrefix, basePath, variables }: WebApp): string {
  return `moda-${name}: ${purpose}.

Usage:
  moda-${name} [--port N]   serves at http://127.0.0.1:${defaultPort}${basePath} until it is stopped
  moda-${name} --help

Environment:
  ${`${variablePrefix}_PORT`.padEnd(27)}  port (${defaultPort}); 0 takes a free one
  ${`${variablePrefix}_HOST`.padEnd(27)}  address to listen at (127.0.0.1); others need AUTH_ISSUER or AUTH_TOKENS=true
  ${`${variablePrefix}_PUBLIC_URL`.padEnd(27)}  where people reach it, if they come by another name
  ${'LOG_LEVEL'.padEnd(27)}  debug, info, warn, error or silent (info); lines of JSON on standard error
${variables.map((line) => `  ${line}\n`).join('')}`;
}

/** What the command line asks for. */
export type Task = { readonly kind: 'help' } | { readonly kind: 'serve'; readonly port: number | undefined };

/** @throws ModaError USAGE */
export function parseArguments(words: readonly string[], name: string): Task {
  const { values, positionals } = parsed(words, name);
  if (values.help === true) return { kind: 'help' };
  if (positionals.length > 0) throw usage(`${JSON.stringify(positionals.join(' '))} is no option`, name);
  const { port } = values;
  if (port === undefined) return { kind: 'serve', port };
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw usage(`--port ${JSON.stringify(port)} is no whole number from 0 to 65535`, name);
  return { kind: 'serve', port: Number(port) };
}

function parsed(words: readonly string[], name: string) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, port: { type: 'string' } },
    });
  } catch (error) {
    // The words of the parser end in hints at its own options; its first sentence is the fact.
    const [fact = ''] = (error as Error).message.split('. ', 1);
    throw usage(fact.replace(/\.$/, ''), name);
  }
}

function usage(fact: string, name: string): ModaError {
  return new ModaError('USAGE', `${fact}; see moda-${name} --help.`);
}
