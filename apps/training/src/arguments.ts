import { parseArgs } from 'node:util';
import { ModaError } from '@moda/contracts';
import { accessHelp, isRole, roles } from '@moda/service-kit';
import type { IssueTask } from './access/issue/issue-token.js';

export const help = `moda-training: trains networks, one process each, and tells how they get on.

Usage:
  moda-training [--port N]    serves at http://127.0.0.1:4001 until it is stopped
  moda-training token --user NAME [--role viewer|researcher|publisher|admin] [--name TEXT] [--days N] [--port N]
                              prints a personal access token (admin, for 90 days), as the first administrator needs one;
                              the service may run, then at that port
  moda-training --help

Environment:
  MODA_HOME               folder of all data (.moda)
  TRAINING_PORT           port (4001); 0 takes a free one
  TRAINING_HOST           address to listen at (127.0.0.1); beyond this machine only with AUTH_ISSUER or AUTH_TOKENS
  TRAINING_PUBLIC_URL     address by which others reach the service, if it is another
  DATABASE_URL            a PostgreSQL database instead of the embedded one
  S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY, S3_SECRET_KEY, S3_REGION, S3_KEY_PREFIX
                          MinIO or any S3 store for files of runs, behind training/, instead of files in MODA_HOME
  MODA_REGISTRY           where models are published (http://127.0.0.1:4002)
  TRAINING_RUNS_AT_ONCE   runs at the same time (as many as this machine bears)
  TRAINING_RUNS_PER_USER  of them, for each user (all)
  TRAINING_WORKER         program of the workers (its own)
  TRAINING_EXECUTOR       where runs are at work: local, or kubernetes (local)
    with kubernetes       KUBECONFIG, KUBE_NAMESPACE, TRAINING_POD_IMAGE, TRAINING_POD_URL, TRAINING_QUEUE (moda),
                          TRAINING_GPUS (1), TRAINING_POD_CPU, TRAINING_POD_MEMORY, TRAINING_NODE_SELECTOR,
                          TRAINING_TOLERATIONS (nvidia.com/gpu:NoSchedule), TRAINING_POD_ANNOTATIONS,
                          TRAINING_DEADLINE_S, TRAINING_JOB_TTL_S (3600), TRAINING_DATA_CLAIM,
                          TRAINING_DATA_SECRET, TRAINING_POD_GRACE_S (60), POD_SECRET_FILE; see docs/kubernetes.md
${accessHelp(24)}  LOG_LEVEL               debug, info, warn, error or silent (info); lines of JSON on standard error
  STOP_NOTICE_MS          time between "not ready" and the end of listening when stopped (0)
  STOP_GRACE_MS           time that workers have for a checkpoint when stopped (20000)
`;

/** What the command line asks for. */
export type Task =
  | { readonly kind: 'help' }
  | { readonly kind: 'serve'; readonly port: number | undefined }
  | ({ readonly kind: 'token'; readonly port: number | undefined } & IssueTask);

const maxPort = 65_535;

/** @throws ModaError USAGE */
export function parseArguments(words: readonly string[]): Task {
  const { values, positionals } = parsed(words);
  if (values.help === true) return { kind: 'help' };
  const command = positionals.join(' ');
  if (command === 'token') return { ...tokenTask(values), port: portOf(values.port) };
  for (const option of ['user', 'role', 'name', 'days'] as const)
    if (values[option] !== undefined) throw usage(`--${option} belongs to token; leave it out.`);
  if (command !== '' && command !== 'serve')
    throw usage(`${JSON.stringify(command)} is no command; use token, or leave it out to serve.`);
  return { kind: 'serve', port: portOf(values.port) };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        port: { type: 'string' },
        user: { type: 'string' },
        role: { type: 'string' },
        name: { type: 'string' },
        days: { type: 'string' },
      },
    });
  } catch (error) {
    // The words of the parser end in hints at its own options; its first sentence is the fact.
    const [fact = ''] = (error as Error).message.split('. ', 1);
    throw usage(`${fact.replace(/\.$/, '')}; see moda-training --help.`);
  }
}

function tokenTask({
  user,
  role = 'admin',
  name,
  days,
}: Readonly<Partial<Record<string, string | boolean>>>): Omit<Extract<Task, { kind: 'token' }>, 'port'> {
  if (typeof user !== 'string') throw usage('token makes one for a user; name them with --user.');
  if (!isRole(role)) throw usage(`--role ${JSON.stringify(role)} is none; give ${roles.join(', ')}.`);
  if (days !== undefined && !/^\d{1,3}$/.test(String(days)))
    throw usage(`--days ${JSON.stringify(days)} is no number of days; give one.`);
  return {
    kind: 'token',
    user,
    role,
    name: typeof name === 'string' ? name : 'made on the machine of the service',
    days: days === undefined ? undefined : Number(days),
  };
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) <= maxPort) return Number(text);
  throw usage(`--port ${JSON.stringify(text)} is no port from 0 to ${maxPort}; give one.`);
}

function usage(message: string): ModaError {
  return new ModaError('USAGE', message);
}
