import { mkdtemp, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isModaError, ModaError } from '@moda/contracts';
import type { Derivation, SignatureState } from '@moda/module-format';
import { folderNameOf, parseReference, readLock, verifyFolder } from '@moda/module-library';
import type { Session } from '../command.js';
import { recutDigest } from './recut.js';
import { cacheFolder, openKeys, transferProgress, useRegistry } from './use-registry.js';

export interface VerifyOptions {
  /** A pulled folder, or a lock file. */
  readonly target: string;
  readonly recut: boolean;
  /** Folder of the model that was cut; pulled where it is left out. */
  readonly parent: string | undefined;
  readonly allowUnsigned: boolean;
  readonly registry: string | undefined;
}

export interface FolderCheck {
  readonly folder: string;
  readonly digest: string;
  readonly files: 'right' | 'wrong';
  readonly signature: SignatureState['state'];
  /** `–` where nothing was cut, or it was not asked for. */
  readonly recut: 'same' | 'different' | '–';
  readonly ok: boolean;
  /** What is wrong, in words. */
  readonly problems: readonly string[];
}

interface Expected {
  readonly folder: string;
  /** Of its package, where a lock file says it. */
  readonly digest?: string;
}

/** @throws ModaError VERIFICATION_FAILED where there is nothing to verify, LOCK_INVALID, and what a pull of a parent throws */
export async function verifyFolders(
  options: VerifyOptions,
  session: Session,
): Promise<readonly FolderCheck[]> {
  const keyring = await openKeys(session);
  const allowUnsigned = options.allowUnsigned || keyring.allowUnsigned;
  const checks: FolderCheck[] = [];
  for (const { folder, digest: expected } of await foldersOf(options.target)) {
    const { digest, manifest, files, signature, intact } = await verifyFolder(folder, keyring.trusted);
    const problems = files
      .filter(({ state }) => state !== 'right')
      .map(
        ({ path, state }) => `${path} is ${state === 'missing' ? 'missing' : 'not what the package says'}`,
      );
    if (expected !== undefined && expected !== digest)
      problems.push(`it is ${digest}, but the lock file says ${expected}`);
    problems.push(...signatureProblems(signature, allowUnsigned));
    const again =
      options.recut && manifest.derivation ? await recut(manifest.derivation, options, session) : undefined;
    if (again !== undefined && again !== digest) problems.push(`cut again it is ${again}`);
    checks.push({
      ...{ folder, digest, files: intact ? 'right' : 'wrong', signature: signature.state },
      recut: again === undefined ? '–' : again === digest ? 'same' : 'different',
      ok: problems.length === 0,
      problems,
    });
  }
  return checks;
}

async function foldersOf(target: string): Promise<readonly Expected[]> {
  const isFile = await stat(target).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) return [{ folder: target }];
  const entries = Object.entries((await readLock(target)) ?? {});
  if (entries.length === 0)
    throw new ModaError('LOCK_INVALID', `Nothing is locked in ${target}; pull something first.`, {
      path: target,
    });
  return entries.map(([reference, { folder, digest }]) => ({
    folder: join(dirname(target), folder ?? folderNameOf(parseReference(reference))),
    digest,
  }));
}

function signatureProblems(signature: SignatureState, allowUnsigned: boolean): readonly string[] {
  switch (signature.state) {
    case 'trusted':
      return [];
    case 'unsigned':
      return allowUnsigned ? [] : ['it is not signed (--allow-unsigned takes that)'];
    case 'unknownKey':
      return [`it is signed by the key ${signature.keyId}, which is not trusted here (moda keys trust)`];
    case 'wrong':
      return [`the key ${signature.keyId} did not sign this package`];
  }
}

async function recut(derivation: Derivation, options: VerifyOptions, session: Session): Promise<string> {
  if (options.parent !== undefined) return recutDigest(derivation, options.parent);
  const { library, client, keyring } = await useRegistry(session, options.registry);
  await mkdir(session.machine.home, { recursive: true });
  const work = await mkdtemp(join(session.machine.home, 'parent-'));
  try {
    const { folder } = await library.pullDigest({
      client,
      digest: derivation.parent,
      folder: join(work, 'model'),
      cache: new library.ContentCache(cacheFolder(session)),
      signatures: {
        trusted: keyring.trusted,
        allowUnsigned: options.allowUnsigned || keyring.allowUnsigned,
      },
      onProgress: transferProgress(session, 'parent'),
      signal: session.context.signal,
    });
    return await recutDigest(derivation, folder);
  } catch (error) {
    if (!isModaError(error) || error.code !== 'REGISTRY_UNREACHABLE') throw error;
    throw new ModaError(
      error.code,
      `${error.message.replace(/\.$/, '')}, or name the parent's folder with --parent.`,
      error.details,
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
