import { parseArgs } from 'node:util';
import { ModaError } from '@moda/contracts';

export const help = `moda-training: trains networks, one process each, and tells how they get on.

Usage:
  moda-training [--port N]    serves at http://127.0.0.1:4001 until it is stopped
  moda-training --help

Environment:
  MODA_HOME               folder of all data (.moda)
  TRAINING_PORT           port (4001); 0 takes a free one
  TRAINING_HOST           loopback address to listen at (127.0.0.1)
  TRAINING_PUBLIC_URL     address by which others reach the service, if it is another
  DATABASE_URL            a PostgreSQL database instead of the embedded one
  MODA_REGISTRY           where models are published (http://127.0.0.1:4002)
  TRAINING_RUNS_AT_ONCE   runs at the same time (as many as this machine bears)
  TRAINING_RUNS_PER_USER  of them, for each user (all)
  TRAINING_WORKER         program of the workers (its own)
  LOG_LEVEL               debug, info, warn, error or silent (info); lines of JSON on standard error
  STOP_NOTICE_MS          time between "not ready" and the end of listening when stopped (0)
  STOP_GRACE_MS           time that workers have for a checkpoint when stopped (20000)
`;

/** What the command line asks for. */
export type Task = { readonly kind: 'help' } | { readonly kind: 'serve'; readonly port: number | undefined };

const maxPort = 65_535;

/** @throws ModaError USAGE */
export function parseArguments(words: readonly string[]): Task {
  const { values, positionals } = parsed(words);
  if (values.help === true) return { kind: 'help' };
  if (positionals.length > 0 && positionals.join(' ') !== 'serve')
    throw usage(`${JSON.stringify(positionals.join(' '))} is no command; leave it out to serve.`);
  return { kind: 'serve', port: portOf(values.port) };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, port: { type: 'string' } },
    });
  } catch (error) {
    // The words of the parser end in hints at its own options; its first sentence is the fact.
    const [fact = ''] = (error as Error).message.split('. ', 1);
    throw usage(`${fact.replace(/\.$/, '')}; see moda-training --help.`);
  }
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) <= maxPort) return Number(text);
  throw usage(`--port ${JSON.stringify(text)} is no port from 0 to ${maxPort}; give one.`);
}

function usage(message: string): ModaError {
  return new ModaError('USAGE', message);
}
