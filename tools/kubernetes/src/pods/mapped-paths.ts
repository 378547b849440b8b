import { join } from 'node:path';
import type { Mount } from './pod-volumes.js';

/**
 * A word of a command or a value of an environment with the paths of the container turned into those of this machine, where the
 * whole text is a path at or below a mount.
 */
export function mapped(value: string, mounts: readonly Mount[]): string {
  const mount = [...mounts]
    // The innermost of nested mounts.
    .sort((one, other) => other.path.length - one.path.length)
    .find(({ path }) => value === path || value.startsWith(`${path}/`));
  return mount === undefined ? value : join(mount.folder, value.slice(mount.path.length));
}
