import { readFile } from 'node:fs/promises';

/**
 * When a process was started, in a unit of the system's own: with its number it names a process for good, for numbers are given again.
 *
 * @returns undefined where there is no such process, or a dead one that nobody has asked for yet; `unknown` where the system does not tell
 */
export async function processStart(pid: number): Promise<string | undefined> {
  if (!isThere(pid)) return undefined;
  if (process.platform !== 'linux') return 'unknown';
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return isThere(pid) ? 'unknown' : undefined;
  // The name of the program, in parentheses, may hold spaces and parentheses; behind it come the state and 18 numbers, then the start.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : (fields[19] ?? 'unknown');
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be asked, but is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
