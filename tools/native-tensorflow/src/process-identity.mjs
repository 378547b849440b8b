import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** @typedef {{ pid: number, host: string, started: string }} ProcessIdentity */

/** @returns {ProcessIdentity} */
export function ownIdentity() {
  return { pid: process.pid, host: hostname(), started: startOf(process.pid) ?? '' };
}

/**
 * Whether a process of this machine still runs. A number that was given to another process since does not count.
 * @param {ProcessIdentity} identity
 */
export function isAlive({ pid, started }) {
  const now = startOf(pid);
  if (now !== null) return started === '' || now === started;
  if (process.platform === 'linux') return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * When a process began, in ticks since the machine's own start; `null` where there is no such process, or it is a zombie.
 * @param {number} pid
 */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses and may itself hold blanks and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}
