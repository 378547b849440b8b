import { createHash } from 'node:crypto';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { isModaError, ModaError } from '@moda/contracts';
import { pullDigest, type Pulled, pullPackage, type PullOptions } from '../pull/pull-package.js';
import { formatReference, parseReference, type Reference } from '../reference/parse-reference.js';
import { type Lock, type LockedPackage, readLock, writeLock } from './lock-file.js';

export interface LockedPullOptions extends Omit<PullOptions, 'reference' | 'folder' | 'digest'> {
  /** Undefined: everything that the lock file names. */
  readonly reference?: string | undefined;
  /** A name after the model and the classes, beside the lock file, if left out. */
  readonly folder?: string | undefined;
  readonly lockFile: string;
  /** The lock file must not change. */
  readonly frozen?: boolean | undefined;
}

/**
 * Pulls a reference and writes down what it was; or, without one, everything that is written down, exactly as it was.
 *
 * @throws ModaError LOCK_INVALID, LOCK_DIFFERS, and what `pullPackage` throws
 */
export async function pullReference(options: LockedPullOptions): Promise<readonly Pulled[]> {
  const { reference, lockFile, frozen = false } = options;
  const lock = await readLock(lockFile);
  if (reference === undefined) return pullAll(lock, options);
  const name = formatReference(parseReference(reference));
  if (frozen) return [await pullEntry(name, frozenEntry(name, lock, options), options)];
  const folder = options.folder ?? join(dirname(lockFile), folderNameOf(parseReference(name)));
  const pulled = await pullPackage({ ...options, reference: name, folder });
  await note(lockFile, lock ?? {}, pulled);
  return [pulled];
}

/** `digits`, `digits-cat-dog`: the name of the folder for a reference where none is given. */
export function folderNameOf({ model, classes }: Reference): string {
  if (classes.length === 0) return model;
  const names = classes.map((name) => name.replace(/[^A-Za-z0-9._]+/g, '_')).join('-');
  const short =
    names.length <= 60 ? names : createHash('sha256').update(classes.join()).digest('hex').slice(0, 12);
  return `${model}-${short}`;
}

async function pullAll(lock: Lock | undefined, options: LockedPullOptions): Promise<readonly Pulled[]> {
  const entries = Object.entries(lock ?? {});
  if (entries.length === 0)
    throw new ModaError(
      'LOCK_INVALID',
      `${lock ? 'Nothing is locked in' : 'There is no lock file'} ${options.lockFile}; name what to pull, as in owner/model/class@version.`,
      { path: options.lockFile },
    );
  const pulled: Pulled[] = [];
  for (const [name, entry] of entries) pulled.push(await pullEntry(name, entry, options));
  return pulled;
}

async function pullEntry(name: string, entry: LockedPackage, options: LockedPullOptions): Promise<Pulled> {
  const folder =
    options.folder ?? join(dirname(options.lockFile), entry.folder ?? folderNameOf(parseReference(name)));
  const { resolved, digest, derivation } = entry;
  try {
    const pulled = await pullPackage({
      ...options,
      reference: resolved,
      tau: derivation?.tau,
      folder,
      digest,
    });
    return { ...pulled, reference: name };
  } catch (error) {
    if (!isModaError(error) || error.code !== 'VERSION_YANKED') throw error;
    // Withdrawn, so that nobody begins to use it; who does already gets it by its digest.
    const pulled = await pullDigest({ ...options, folder, digest, derivation });
    const warnings = [error.message.replace(/\.$/, '')];
    return { ...pulled, reference: name, resolved, warnings };
  }
}

function frozenEntry(
  name: string,
  lock: Lock | undefined,
  { lockFile, tau }: LockedPullOptions,
): LockedPackage {
  const entry = lock && Object.hasOwn(lock, name) ? lock[name] : undefined;
  if (!entry)
    throw new ModaError(
      'LOCK_DIFFERS',
      `${lockFile} does not name ${name}; pull it without --frozen first.`,
      {
        reference: name,
      },
    );
  if (tau !== undefined && entry.derivation && entry.derivation.tau !== tau)
    throw new ModaError(
      'LOCK_DIFFERS',
      `${lockFile} has ${name} at the threshold ${entry.derivation.tau}, not ${tau}; pull it without --frozen first.`,
      { reference: name },
    );
  return entry;
}

async function note(lockFile: string, lock: Lock, pulled: Pulled): Promise<void> {
  const { reference, resolved, digest, derivation, files } = pulled;
  const folder = relative(dirname(resolve(lockFile)), resolve(pulled.folder))
    .split(sep)
    .join('/');
  const inside =
    folder !== '' && !folder.startsWith('../') && folder !== '..' && !/^([a-z]:|\/)/i.test(folder);
  const entry: LockedPackage = {
    resolved,
    digest,
    ...(derivation ? { parent: derivation.parent, derivation } : {}),
    ...(inside ? { folder } : {}),
    files,
  };
  await writeLock(lockFile, { ...lock, [reference]: entry });
}
