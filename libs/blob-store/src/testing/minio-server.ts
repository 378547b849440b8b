import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findMinio } from './find-minio.js';

export interface MinioServer {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** Ends this server, and removes all it stored. */
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;
const stopTimeoutMs = 10_000;

/**
 * Starts a MinIO server of its own on a free port of the loopback address, with keys and a folder of its own.
 * @throws Error where there is no MinIO, or it does not start
 */
export async function startMinio(): Promise<MinioServer> {
  const program = await findMinio();
  if (program === undefined)
    throw new Error('No MinIO was found; name one in MINIO_BIN, put one on the PATH, or install Go.');

  const folder = await mkdtemp(join(tmpdir(), 'moda-minio-'));
  try {
    // Between the search for a free port and its use somebody else may take it.
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await startOn(await freePort(), program, folder);
      } catch (error) {
        if (attempt === 3) throw error;
      }
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startOn(port: number, program: string, folder: string): Promise<MinioServer> {
  const accessKey = randomBytes(8).toString('hex');
  const secretKey = randomBytes(16).toString('hex');
  const address = `127.0.0.1:${port}`;
  const child = spawn(
    program,
    ['server', '--address', address, '--certs-dir', join(folder, 'certs'), join(folder, 'data')],
    {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        MINIO_ROOT_USER: accessKey,
        MINIO_ROOT_PASSWORD: secretKey,
        MINIO_BROWSER: 'off',
        MINIO_UPDATE: 'off',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-4000)));
  // Should the process of the specs end early, the server must not outlive it.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);

  const stopProcess = async () => {
    process.off('exit', kill);
    await end(child);
  };
  try {
    await answers(`http://${address}/minio/health/live`, child);
  } catch (error) {
    await stopProcess();
    throw new Error(`MinIO did not start: ${output.trim()}`, { cause: error });
  }
  return {
    endpoint: `http://${address}`,
    accessKey,
    secretKey,
    async stop() {
      await stopProcess();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended');
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await sleep(50);
  }
  throw new Error('it kept silent');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
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
