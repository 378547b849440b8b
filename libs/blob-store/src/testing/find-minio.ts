import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The one server that can be built from its sources with one command wherever Go is. */
const goPackage = 'github.com/minio/minio@latest';
/** A minute and a half on an idle machine, several times that on a busy one. */
const buildTimeoutMs = 20 * 60_000;

/**
 * The path of a MinIO server: what `MINIO_BIN` names, one on the PATH, the one built before, or, where `MODA_REQUIRE` names minio, one
 * built now with Go into the cache that all clones share. Undefined, with the reason on standard error, where there is none of these.
 */
export async function findMinio(env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const named = env['MINIO_BIN'];
  if (named !== undefined && named !== '') {
    if (await isExecutable(named)) return named;
    console.error(`MINIO_BIN names ${named}, which is no program that can be run; correct or unset it.`);
    return undefined;
  }
  const onPath = await findOnPath('minio', env);
  if (onPath !== undefined) return onPath;
  const built = join(cacheFolder(env), 'bin', 'minio');
  if (await isExecutable(built)) return built;
  // Minutes on every core are too much for somebody who only wants to see the tests pass.
  if (!(env['MODA_REQUIRE'] ?? '').split(',').includes('minio')) return undefined;
  const go = await findOnPath('go', env);
  return go === undefined ? undefined : buildOnce(go, built, env);
}

function cacheFolder(env: NodeJS.ProcessEnv): string {
  if (env['MODA_CACHE']) return env['MODA_CACHE'];
  return join(env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache'), 'moda');
}

async function findOnPath(program: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, program);
    if (folder !== '' && (await isExecutable(path))) return path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Builds where nobody else does; who comes second waits for the first, for the build takes all of a small machine. */
async function buildOnce(go: string, target: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  await mkdir(join(target, '..'), { recursive: true });
  const lock = `${target}.building`;
  const deadline = Date.now() + buildTimeoutMs;
  while (!(await makesFolder(lock))) {
    // A builder that was killed leaves its lock; then two build side by side, which costs time and nothing else.
    if (Date.now() > deadline) break;
    await sleep(500);
    if (await isExecutable(target)) return target;
  }
  try {
    return (await isExecutable(target)) ? target : await build(go, target, env);
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

async function makesFolder(path: string): Promise<boolean> {
  return mkdir(path).then(
    () => true,
    () => false,
  );
}

async function build(go: string, target: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  console.error('Building MinIO with Go, once for all clones; this takes minutes.');
  const folder = await mkdtemp(`${target}-`);
  try {
    const problem = await run(go, ['install', '-trimpath', goPackage], { ...env, GOBIN: folder });
    if (problem !== undefined) {
      console.error(`MinIO could not be built with Go: ${problem}`);
      return undefined;
    }
    await rename(join(folder, 'minio'), target);
    return target;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Undefined, or the last line that a failed program wrote. */
async function run(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: buildTimeoutMs,
    });
    let tail = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (tail = (tail + text).slice(-2000)));
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) =>
      resolve(
        code === 0 ? undefined : (tail.trim().split('\n').at(-1) ?? '') || `it ended with ${signal ?? code}`,
      ),
    );
  });
}
