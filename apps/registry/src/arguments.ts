import { parseArgs } from 'node:util';
import { ModaError } from '@moda/contracts';
import { accessHelp } from '@moda/service-kit';

export const help = `moda-registry: publishes, finds, prices and cuts models made of modules.

Usage:
  moda-registry [--port N]               serves at http://127.0.0.1:4002 until it is stopped
  moda-registry collect [--older-than H] [--drop-drafts]
                                         removes blobs that nothing refers to, older than H hours (1);
                                         with --drop-drafts also what was announced and never released
  moda-registry --help

Environment:
  MODA_HOME             folder of all data (.moda)
  REGISTRY_PORT         port (4002); 0 takes a free one
  REGISTRY_HOST         address to listen at (127.0.0.1); beyond this machine only with AUTH_ISSUER or AUTH_TOKENS
  REGISTRY_PUBLIC_URL   address in download links, where readers come by another name
  DATABASE_URL          a PostgreSQL database instead of the embedded one
  S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY, S3_SECRET_KEY
                        an S3 store for blobs instead of files; S3_REGION, S3_KEY_PREFIX,
                        S3_PUBLIC_ENDPOINT (how readers reach it) as well
  MODA_TRUSTED_KEYS     file of the keys whose packages are taken (<MODA_HOME>/keys/trusted-keys.json)
  MODA_SIGNING_KEY      file of the key that signs what is cut (<MODA_HOME>/keys/signing-key.json)
  MODA_ALLOW_UNSIGNED   true takes packages without a signature (false)
${accessHelp(22)}  LOG_LEVEL             debug, info, warn, error or silent (info); lines of JSON on standard error
  STOP_NOTICE_MS        time between "not ready" and the end of listening when stopped (0)
`;

/** What the command line asks for. */
export type Task =
  | { readonly kind: 'help' }
  | { readonly kind: 'serve'; readonly port: number | undefined }
  | {
      readonly kind: 'collect';
      readonly olderThanMs: number | undefined;
      readonly dropDrafts: boolean;
    };

const hourMs = 3_600_000;

/** @throws ModaError USAGE */
export function parseArguments(words: readonly string[]): Task {
  const { values, positionals } = parsed(words);
  const [command = 'serve', ...more] = positionals;
  if (values.help === true) return { kind: 'help' };
  if (more.length > 0 || !['serve', 'collect'].includes(command))
    throw usage(`${JSON.stringify(positionals.join(' '))} is no command; use serve or collect.`);
  if (command === 'collect') {
    if (values.port !== undefined) throw usage('collect listens nowhere; leave out --port.');
    const olderThanMs = numberOf('--older-than', values['older-than'], 24 * 365);
    return {
      kind: 'collect',
      olderThanMs: olderThanMs === undefined ? undefined : olderThanMs * hourMs,
      dropDrafts: values['drop-drafts'] === true,
    };
  }
  if (values['older-than'] !== undefined) throw usage('--older-than belongs to collect; leave it out.');
  if (values['drop-drafts'] === true) throw usage('--drop-drafts belongs to collect; leave it out.');
  const port = numberOf('--port', values.port, 65_535);
  if (port !== undefined && !Number.isInteger(port)) throw usage('--port takes a whole number.');
  return { kind: 'serve', port };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        port: { type: 'string' },
        'older-than': { type: 'string' },
        'drop-drafts': { type: 'boolean' },
      },
    });
  } catch (error) {
    // The words of the parser end in hints at its own options; its first sentence is the fact.
    throw usage(
      `${(error as Error).message.split('. ', 1)[0]?.replace(/\.$/, '') ?? ''}; see moda-registry --help.`,
    );
  }
}

function numberOf(option: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value <= most) return value;
  throw usage(`${option} ${JSON.stringify(text)} is no number from 0 to ${most}; give one.`);
}

function usage(message: string): ModaError {
  return new ModaError('USAGE', message);
}
