import { parseArgs } from 'node:util';
import { ModaError } from '@moda/contracts';
import { accessHelp } from '@moda/service-kit';

export const help = `moda-gateway: answers questions to all services of MODA at one address.

Usage:
  moda-gateway [--port N]   serves at http://127.0.0.1:4000 until it is stopped
  moda-gateway --help

Environment:
  GATEWAY_PORT          port (4000); 0 takes a free one
  GATEWAY_HOST          address to listen at (127.0.0.1); others than the loopback address need authentication
  GATEWAY_PUBLIC_URL    address of the gateway, where callers come by another name
  REGISTRY_URL          the registry (http://127.0.0.1:4002)
  TRAINING_URL          the training service (http://127.0.0.1:4001)
  SUBGRAPH_TIMEOUT_MS   how long a service may take for an answer (10000)
  STREAM_SILENCE_MS     a stream that is silent for so long is given up (60000)
  TRUSTED_DOCUMENTS     file of questions, one JSON object of texts by their sha256
  TRUSTED_ONLY          true answers nothing else (false)
  LOG_LEVEL             debug, info, warn, error or silent (info); lines of JSON on standard error
  STOP_NOTICE_MS        time between "not ready" and the end of listening when stopped (0)
${accessHelp(22)}`;

/** What the command line asks for. */
export type Task = { readonly kind: 'help' } | { readonly kind: 'serve'; readonly port: number | undefined };

/** @throws ModaError USAGE */
export function parseArguments(words: readonly string[]): Task {
  const { values, positionals } = parsed(words);
  if (values.help === true) return { kind: 'help' };
  if (positionals.length > 0)
    throw usage(`${JSON.stringify(positionals.join(' '))} is no option; see moda-gateway --help.`);
  const { port } = values;
  if (port === undefined) return { kind: 'serve', port };
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw usage(`--port ${JSON.stringify(port)} is no whole number from 0 to 65535; give one.`);
  return { kind: 'serve', port: Number(port) };
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
    const fact = (error as Error).message.split('. ', 1)[0]?.replace(/\.$/, '') ?? '';
    throw usage(`${fact}; see moda-gateway --help.`);
  }
}

function usage(message: string): ModaError {
  return new ModaError('USAGE', message);
}
