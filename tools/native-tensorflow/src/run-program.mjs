import { spawn } from 'node:child_process';

// Enough for any message that matters; a program that talks without end must not fill the memory.
const KEPT_CHARACTERS = 64 * 1024;

/**
 * Runs a program to its end without a shell and keeps the end of what it says.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, signal?: AbortSignal, timeoutMs?: number }} [options]
 * @returns {Promise<{ ok: boolean, exitCode: number | null, killedBy: string | null, stdout: string, stderr: string } | null>}
 *   `null` where there is no such program
 */
export function runProgram(program, args, { env = process.env, cwd, signal, timeoutMs } = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    // Its own process group: pip and compilers start programs of their own, which must end with them.
    const child = spawn(program, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout = (stdout + text).slice(-KEPT_CHARACTERS)));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr = (stderr + text).slice(-KEPT_CHARACTERS)));
    const kill = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // Gone already.
      }
    };
    const timer = timeoutMs === undefined ? undefined : setTimeout(kill, timeoutMs);
    signal?.addEventListener('abort', kill, { once: true });
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', kill);
    };
    child.on('error', (error) => {
      settle();
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code === 'ENOENT' || code === 'EACCES') resolve(null);
      else reject(error);
    });
    child.on('close', (exitCode, killedBy) => {
      settle();
      if (signal?.aborted) reject(signal.reason);
      else resolve({ ok: exitCode === 0, exitCode, killedBy, stdout, stderr });
    });
  });
}
