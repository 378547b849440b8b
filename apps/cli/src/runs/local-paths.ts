import { resolve } from 'node:path';
import type { TrainSpec } from '@moda/contracts';

/**
 * The spec as a service on this machine understands it: its working folder is another one than the caller's. Elsewhere paths are those of
 * the machine that trains, and stay as they are.
 */
export function withLocalPaths<Spec extends Partial<TrainSpec>>(
  spec: Spec,
  gateway: string,
  folder: string,
): Spec {
  if (!isThisMachine(new URL(gateway).hostname)) return spec;
  const { arch, dataDir, init } = spec;
  return {
    ...spec,
    ...(arch?.endsWith('.json') && { arch: resolve(folder, arch) }),
    ...(dataDir !== undefined && { dataDir: resolve(folder, dataDir) }),
    ...(init !== undefined && { init: resolve(folder, init) }),
  };
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
