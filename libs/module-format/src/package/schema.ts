import { z } from 'zod';
import { classIndex, digest, maxClasses } from '../manifest/schema.js';
import { clashingPaths, pathProblem } from './path.js';

/** The version of the package manifest that this program writes and the newest that it reads. */
export const packageFormatVersion = 1;

/** A model folder has six files; an export of a large model in shards some hundred. */
const maxFiles = 1000;

/** 1 TiB; the largest networks have less, and sums of a thousand such sizes stay exact. */
const maxFileBytes = 2 ** 40;

/** One file of a package: a blob and its place. */
export interface PackageFile {
  /** Relative, segments with `/` between them. */
  readonly path: string;
  /** `sha256:<64 hexadecimal digits>` of the bytes. */
  readonly digest: string;
  /** 0 to 2^40. */
  readonly sizeBytes: number;
}

/** How a package was cut from another: its bytes are a pure function of this. */
export interface Derivation {
  readonly method: 'cut/1';
  /** Digest of the parent's package. */
  readonly parent: string;
  /** Digest of the activation rates that decided. */
  readonly rates: string;
  /** Class indices of the parent, ascending, at least one. */
  readonly classes: readonly number[];
  /** Share of a class's samples for which a unit must be active to be kept, 0..1. */
  readonly tau: number;
}

/** What a package is: its files by path, and whence it was cut. */
export interface PackageManifest {
  readonly formatVersion: 1;
  readonly files: readonly PackageFile[];
  readonly derivation?: Derivation;
}

const path = z.string().superRefine((text, context) => {
  const problem = pathProblem(text);
  if (problem !== undefined) context.addIssue(problem);
});

const file: z.ZodType<PackageFile> = z.strictObject({
  path,
  digest,
  sizeBytes: z.int().min(0).max(maxFileBytes),
});

export const derivationSchema: z.ZodType<Derivation> = z.strictObject({
  method: z.literal('cut/1'),
  parent: digest,
  rates: digest,
  classes: z
    .array(classIndex)
    .min(1)
    .max(maxClasses)
    .refine(
      (classes) => classes.every((index, position) => position === 0 || index > classes[position - 1]!),
      {
        message: 'are not ascending and distinct',
      },
    ),
  tau: z.number().min(0).max(1),
});

/** The files of a package that was cut: anything more would not follow from its derivation. */
const derivedPaths = ['module.json', 'weights.safetensors'];

export const packageSchema: z.ZodType<PackageManifest> = z
  .strictObject({
    formatVersion: z.literal(packageFormatVersion),
    files: z
      .array(file)
      .min(1)
      .max(maxFiles)
      .superRefine((files, context) => {
        const clash = clashingPaths(files.map((entry) => entry.path));
        if (clash) context.addIssue(`"${clash[0]}" and "${clash[1]}" cannot lie in one folder`);
      }),
    derivation: derivationSchema.optional(),
  })
  .refine(
    ({ files, derivation }) =>
      derivation === undefined ||
      (files.length === derivedPaths.length &&
        derivedPaths.every((needed) => files.some((entry) => entry.path === needed))),
    { message: `a derived package has ${derivedPaths.join(' and ')} and nothing else`, path: ['files'] },
  );
