import { join } from 'node:path';
import type { Keyring, RegistryClient } from '@moda/module-library';
import type { Session } from '../command.js';
import { registryToken } from '../login/credentials.js';
import type { Library } from '../surroundings.js';

/** What a command that speaks with a registry needs. */
export interface RegistrySession {
  readonly library: Library;
  readonly client: RegistryClient;
  readonly keyring: Keyring;
}

export async function useRegistry(
  { library: load, machine, context }: Session,
  address: string | undefined,
): Promise<RegistrySession> {
  const library = await load();
  const ofEnvironment = address === undefined && machine.registry.address !== undefined;
  const chosen = address ?? machine.registry.address ?? library.defaultRegistry;
  const token = await registryToken(machine.gateway, { address: chosen, ofEnvironment });
  const authorization = token === undefined ? undefined : `Bearer ${token}`;
  const client = new library.RegistryClient(chosen, context.signal, authorization);
  return { library, client, keyring: await openKeys({ library: load, machine }) };
}

/** The keys of this installation. */
export async function openKeys({ library, machine }: Pick<Session, 'library' | 'machine'>): Promise<Keyring> {
  const { openKeyring } = await library();
  return openKeyring(join(machine.home, 'keys'), machine.registry.keys);
}

/** Where everything that is pulled is kept by its digest. */
export function cacheFolder({ machine }: Pick<Session, 'machine'>): string {
  return join(machine.home, 'blobs');
}

const bytesPerMebibyte = 2 ** 20;

/** Shows bytes on their way as one task. */
export function transferProgress(
  { context }: Pick<Session, 'context'>,
  label: string,
): (progress: { readonly doneBytes: number; readonly totalBytes: number }) => void {
  const mebibytes = (bytes: number): number => Math.round((10 * bytes) / bytesPerMebibyte) / 10;
  return ({ doneBytes, totalBytes }) => {
    if (totalBytes === 0) return;
    // A file of some kilobytes is 0.0 of 0.0; the end has to be recognised all the same.
    const total = Math.max(0.1, mebibytes(totalBytes));
    const done = doneBytes >= totalBytes ? total : Math.min(mebibytes(doneBytes), total - 0.1);
    context.onProgress({
      type: 'task',
      label,
      done: Math.max(0, Math.round(10 * done) / 10),
      total,
      unit: 'MiB',
    });
  };
}
