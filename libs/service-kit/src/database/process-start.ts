import { readFile } from 'node:fs/promises';

/**
 * When a process was started, in a unit of the system's own: together with its number it names a process for good, for numbers are given
 * again (in a container the first process always has the same).
 *
 * @returns undefined where there is no such process; `unknown` where the system does not tell
 */
export async function processStart(pid: number): Promise<string | undefined> {
  if (!isRunning(pid)) return undefined;
  if (process.platform !== 'linux') return 'unknown';
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return isRunning(pid) ? 'unknown' : undefined;
  // The name of the program, in parentheses, may hold spaces and parentheses; behind it come the state and 18 numbers, then the start.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const isDead = fields[0] === 'Z' || fields[0] === 'X';
  return isDead ? undefined : (fields[19] ?? 'unknown');
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be asked, but is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
