import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ModaError } from '@moda/contracts';
import {
  packageDigest,
  type PackageManifest,
  packageManifestPath,
  type PackageSignature,
  packageSignaturePath,
  parsePackage,
  parseSignature,
  type SignatureState,
  type TrustedKey,
  verifyPackage,
} from '@moda/module-format';
import { fileErrorCode, reasonOf } from '../files/reason-of.js';
import { digestFile } from './digest-file.js';

export interface VerifiedFile {
  readonly path: string;
  readonly digest: string;
  readonly sizeBytes: number;
  readonly state: 'right' | 'missing' | 'different';
}

/** What a pulled folder is, and whether it still is. */
export interface FolderVerdict {
  /** Of the package that the folder says it is. */
  readonly digest: string;
  readonly manifest: PackageManifest;
  readonly files: readonly VerifiedFile[];
  readonly signature: SignatureState;
  /** Every file is right. */
  readonly intact: boolean;
}

/**
 * Computes every digest of a pulled folder again, and looks at its signature. Nothing is asked of anybody.
 *
 * @throws ModaError VERIFICATION_FAILED where the folder was not pulled, PACKAGE_INVALID, SIGNATURE_INVALID
 */
export async function verifyFolder(folder: string, trusted: readonly TrustedKey[]): Promise<FolderVerdict> {
  const manifest = parsePackage(await readRequired(join(folder, packageManifestPath)));
  const files: VerifiedFile[] = [];
  for (const file of manifest.files)
    files.push({ ...file, state: await stateOf(join(folder, file.path), file) });
  return {
    digest: packageDigest(manifest),
    manifest,
    files,
    signature: verifyPackage(manifest, await readSignature(folder), trusted),
    intact: files.every(({ state }) => state === 'right'),
  };
}

/** The package that a folder says it is, undefined where it says nothing. */
export async function packageOfFolder(folder: string): Promise<PackageManifest | undefined> {
  const text = await readOptional(join(folder, packageManifestPath));
  return text === undefined ? undefined : parsePackage(text);
}

async function stateOf(
  path: string,
  { digest, sizeBytes }: { readonly digest: string; readonly sizeBytes: number },
): Promise<VerifiedFile['state']> {
  try {
    const found = await lstat(path);
    if (!found.isFile() || found.size !== sizeBytes) return 'different';
    return (await digestFile(path)).digest === digest ? 'right' : 'different';
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(fileErrorCode(error) ?? '')) return 'missing';
    throw unreadable(path, error);
  }
}

async function readSignature(folder: string): Promise<PackageSignature | undefined> {
  const path = join(folder, packageSignaturePath);
  const text = await readOptional(path);
  if (text === undefined) return undefined;
  try {
    return parseSignature(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ModaError('SIGNATURE_INVALID', `The signature ${path} is not valid JSON.`, { path });
  }
}

async function readOptional(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT' || fileErrorCode(error) === 'ENOTDIR') return undefined;
    throw unreadable(path, error);
  }
}

async function readRequired(path: string): Promise<string> {
  const text = await readOptional(path);
  if (text !== undefined) return text;
  throw new ModaError(
    'VERIFICATION_FAILED',
    `There is no ${path}; only folders that were pulled can be verified.`,
    { path },
  );
}

function unreadable(path: string, error: unknown): ModaError {
  return new ModaError('VERIFICATION_FAILED', `Cannot read ${path}: ${reasonOf(error)}.`, { path });
}
