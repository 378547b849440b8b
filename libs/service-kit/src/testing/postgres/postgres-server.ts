import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPostgres } from './find-postgres.js';
import { type Account, serverAccount } from './server-account.js';

export interface PostgresServer {
  /** `postgres://postgres:<password>@127.0.0.1:<port>/postgres`; the user may make further databases. */
  readonly url: string;
  readonly port: number;
  /** Ends this server, its connections too, and removes all it stored. */
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;
const stopTimeoutMs = 10_000;

/**
 * Starts a PostgreSQL server of its own on a free port of the loopback address, with a password and a folder of its own.
 *
 * @throws Error where there is no PostgreSQL, or it does not start
 */
export async function startPostgres(): Promise<PostgresServer> {
  const programs = await findPostgres();
  if (programs === undefined)
    throw new Error(
      'No PostgreSQL server was found; name the folder of its programs in POSTGRES_BIN, or install one.',
    );
  const account = await serverAccount();
  const folder = await mkdtemp(join(tmpdir(), 'moda-postgres-'));
  try {
    if (account !== undefined) await chown(folder, account.uid, account.gid);
    const password = randomBytes(16).toString('hex');
    await initialise(programs, folder, password, account);
    // Between the search for a free port and its use somebody else may take it.
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await startOn(await freePort(), programs, folder, password, account);
      } catch (error) {
        if (attempt === 3) throw error;
      }
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function initialise(
  programs: string,
  folder: string,
  password: string,
  account: Account | undefined,
): Promise<void> {
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account !== undefined) await chown(passwordFile, account.uid, account.gid);
  const child = run(
    join(programs, 'initdb'),
    [
      ['--pgdata', join(folder, 'data')],
      ['--username', 'postgres', '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
      // The same on every machine.
      ['--encoding', 'UTF8', '--no-locale', '--no-sync'],
    ].flat(),
    folder,
    account,
  );
  if ((await child.ended) !== 0) throw new Error(`initdb failed: ${child.output()}`);
}

async function startOn(
  port: number,
  programs: string,
  folder: string,
  password: string,
  account: Account | undefined,
): Promise<PostgresServer> {
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    // The folder for sockets that was built in need not exist, or be ours.
    'unix_socket_directories=',
    // Nobody needs the data after a failure of the power.
    'fsync=off',
  ];
  const server = run(
    join(programs, 'postgres'),
    ['-D', join(folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])],
    folder,
    account,
  );
  // Should the process of the specs end early, the server must not outlive it.
  const kill = () => server.child.kill('SIGQUIT');
  process.once('exit', kill);
  const stopProcess = async () => {
    process.off('exit', kill);
    await end(server.child);
  };
  try {
    await answers(port, server);
  } catch (error) {
    await stopProcess();
    throw new Error(`PostgreSQL did not start: ${server.output()}`, { cause: error });
  }
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    port,
    async stop() {
      await stopProcess();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

interface Running {
  readonly child: ChildProcess;
  /** The exit code; null after a signal. */
  readonly ended: Promise<number | null>;
  /** The end of what it wrote. */
  readonly output: () => string;
}

function run(
  program: string,
  args: readonly string[],
  folder: string,
  account: Account | undefined,
): Running {
  const child = spawn(program, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...account,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-4000)));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  // Whoever waits for it hears it; the server's end is nobody's concern while it stops.
  ended.catch(() => undefined);
  return { child, ended, output: () => output.trim() };
}

/** The log says it; a port that is open may still be another program's. */
async function answers(port: number, server: Running): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    if (server.child.exitCode !== null || server.child.signalCode !== null) throw new Error('it ended');
    if (server.output().includes('ready to accept connections') && (await isOpen(port))) return;
    await sleep(20);
  }
  throw new Error('it kept silent');
}

async function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  // A fast shutdown, which does not wait for those who are connected.
  child.kill('SIGINT');
  const patience = setTimeout(() => child.kill('SIGQUIT'), stopTimeoutMs);
  await ended;
  clearTimeout(patience);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port was found.');
  return address.port;
}
