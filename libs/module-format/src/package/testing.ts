import fc from 'fast-check';
import type { Derivation, PackageManifest } from './schema.js';

const digestOf = (digit: string) => `sha256:${digit.repeat(64)}`;

/** The package of a whole model. */
export const wholePackage: PackageManifest = {
  formatVersion: 1,
  files: [
    { path: 'README.md', digest: digestOf('a'), sizeBytes: 1200 },
    { path: 'module.json', digest: digestOf('b'), sizeBytes: 3400 },
    { path: 'rates.safetensors', digest: digestOf('c'), sizeBytes: 56_000 },
    { path: 'weights.safetensors', digest: digestOf('d'), sizeBytes: 789_000 },
  ],
};

export const derivation: Derivation = {
  method: 'cut/1',
  parent: digestOf('1'),
  rates: digestOf('2'),
  classes: [0, 3, 5],
  tau: 0.9,
};

/** The package of what was cut from it. */
export const cutPackage: PackageManifest = {
  formatVersion: 1,
  files: [
    { path: 'module.json', digest: digestOf('e'), sizeBytes: 3000 },
    { path: 'weights.safetensors', digest: digestOf('f'), sizeBytes: 78_000 },
  ],
  derivation,
};

const digests = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => `sha256:${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`);

const sizes = fc.integer({ min: 0, max: 2 ** 40 });

const paths = fc
  .array(fc.stringMatching(/^[a-z0-9_][a-z0-9_-]{0,8}$/), { minLength: 1, maxLength: 3 })
  // In a folder of its own for each depth and length, no file has the place of another's folder.
  .map((names) => [`depth${names.length}`, ...names.map((name) => `x${name}`)].join('/'));

const derivations: fc.Arbitrary<Derivation> = fc.record({
  method: fc.constant('cut/1' as const),
  parent: digests,
  rates: digests,
  classes: fc
    .uniqueArray(fc.integer({ min: 0, max: 65_535 }), { minLength: 1, maxLength: 8 })
    .map((classes) => classes.sort((a, b) => a - b)),
  tau: fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs),
});

const wholes: fc.Arbitrary<PackageManifest> = fc
  .uniqueArray(fc.record({ path: paths, digest: digests, sizeBytes: sizes }), {
    minLength: 1,
    maxLength: 6,
    selector: ({ path }) => path,
  })
  .map((files) => ({ formatVersion: 1, files }));

const cuts: fc.Arbitrary<PackageManifest> = fc
  .tuple(digests, sizes, digests, sizes, derivations)
  .map(([manifestDigest, manifestBytes, weightsDigest, weightsBytes, from]) => ({
    formatVersion: 1,
    files: [
      { path: 'module.json', digest: manifestDigest, sizeBytes: manifestBytes },
      { path: 'weights.safetensors', digest: weightsDigest, sizeBytes: weightsBytes },
    ],
    derivation: from,
  }));

export const arbitraryPackages: fc.Arbitrary<PackageManifest> = fc.oneof(wholes, cuts);
