import { readFile } from 'node:fs/promises';
import { ModaError } from '@moda/contracts';
import { canonicalJson, type Derivation, type PackageFile } from '@moda/module-format';
import { z } from 'zod';
import { fileErrorCode, reasonOf } from '../files/reason-of.js';
import { writeAtomically } from '../files/write-atomically.js';

/** The name of the file where none is given. */
export const lockFileName = 'moda.lock';

/** What a reference was when it was pulled. */
export interface LockedPackage {
  /** The reference with its version. */
  readonly resolved: string;
  readonly digest: string;
  /** Of the package that it was cut from. */
  readonly parent?: string | undefined;
  readonly derivation?: Derivation | undefined;
  /** Where it lies, from the lock file on, with `/`; left out where that is outside. */
  readonly folder?: string | undefined;
  readonly files: readonly PackageFile[];
}

/** By reference as it was asked for. */
export type Lock = Readonly<Record<string, LockedPackage>>;

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'is no sha256 digest');
const file: z.ZodType<PackageFile> = z.strictObject({ path: z.string(), digest, sizeBytes: z.int().min(0) });
const derivation: z.ZodType<Derivation> = z.strictObject({
  method: z.literal('cut/1'),
  parent: digest,
  rates: digest,
  classes: z.array(z.int().min(0)).min(1),
  tau: z.number().min(0).max(1),
});
const lockedPackage: z.ZodType<LockedPackage> = z.strictObject({
  resolved: z.string(),
  digest,
  parent: digest.optional(),
  derivation: derivation.optional(),
  // It comes from outside, and files are written there.
  folder: z
    .string()
    .refine(
      (path) => path.split('/').every((part) => /^[^\\:\0]+$/.test(part) && part !== '.' && part !== '..'),
      {
        message: 'leads out of the folder of the lock file',
      },
    )
    .optional(),
  files: z.array(file).min(1).max(1000),
});
const lockSchema = z.strictObject({
  formatVersion: z.literal(1),
  packages: z.record(z.string(), lockedPackage),
});

/**
 * Reads a lock file; an absent one locks nothing.
 *
 * @throws ModaError LOCK_INVALID
 */
export async function readLock(path: string): Promise<Lock | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw invalid(path, `cannot be read: ${reasonOf(error)}`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid(path, 'is not valid JSON');
  }
  const { success, data, error } = lockSchema.safeParse(json);
  if (success) return data.packages;
  const [issue] = error.issues;
  throw invalid(path, `is wrong at ${issue?.path.join('.') || 'its top level'}: ${issue?.message ?? ''}`);
}

/** Writes a lock file: one text for one lock, so that it changes only when something else was pulled. */
export async function writeLock(path: string, lock: Lock): Promise<void> {
  try {
    await writeAtomically(path, canonicalJson({ formatVersion: 1, packages: lock }));
  } catch (error) {
    throw invalid(path, `cannot be written: ${reasonOf(error)}`);
  }
}

function invalid(path: string, fact: string): ModaError {
  return new ModaError('LOCK_INVALID', `The lock file ${path} ${fact}.`, { path });
}
