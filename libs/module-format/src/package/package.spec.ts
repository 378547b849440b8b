import { createHash } from 'node:crypto';
import { isModaError } from '@moda/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  derivationDigest,
  maxPackageCharacters,
  packageDigest,
  parsePackage,
  serialisePackage,
} from './package.js';
import type { Derivation, PackageManifest } from './schema.js';
import { arbitraryPackages, cutPackage, derivation, wholePackage } from './testing.js';

const digest = `sha256:${'0'.repeat(64)}`;

const withPaths = (...paths: string[]) => ({
  formatVersion: 1 as const,
  files: paths.map((path) => ({ path, digest, sizeBytes: 1 })),
});

/** The canonical form of what need not be a package. */
const textOf = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

const withFile = (changes: object) => ({
  files: [{ digest, path: 'a', sizeBytes: 1, ...changes }],
  formatVersion: 1,
});

const withDerivation = (changes: object) => ({ ...cutPackage, derivation: { ...derivation, ...changes } });

/** The sentence with which `act` refuses. */
function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (!isModaError(error)) throw error;
    expect(error.code).toBe('PACKAGE_INVALID');
    return error.message;
  }
  return 'accepted';
}

describe('a package manifest', () => {
  it('has one text: sorted keys, files by path, a newline at the end', () => {
    const shuffled = { ...cutPackage, files: [...cutPackage.files].reverse() };
    expect(serialisePackage(shuffled)).toBe(`{
  "derivation": {
    "classes": [
      0,
      3,
      5
    ],
    "method": "cut/1",
    "parent": "sha256:${'1'.repeat(64)}",
    "rates": "sha256:${'2'.repeat(64)}",
    "tau": 0.9
  },
  "files": [
    {
      "digest": "sha256:${'e'.repeat(64)}",
      "path": "module.json",
      "sizeBytes": 3000
    },
    {
      "digest": "sha256:${'f'.repeat(64)}",
      "path": "weights.safetensors",
      "sizeBytes": 78000
    }
  ],
  "formatVersion": 1
}
`);
  });

  it('is read back, and its digest is that of its text', () => {
    fc.assert(
      fc.property(arbitraryPackages, (manifest) => {
        const text = serialisePackage(manifest);
        const read = parsePackage(text);
        expect({ ...read, files: new Set(read.files) }).toEqual({
          ...manifest,
          files: new Set(manifest.files),
        });
        expect(serialisePackage(read)).toBe(text);
        expect(packageDigest(manifest)).toBe(`sha256:${createHash('sha256').update(text).digest('hex')}`);
      }),
    );
  });

  it('has the same digest however its files are ordered', () => {
    const shuffled = { ...wholePackage, files: [...wholePackage.files].reverse() };
    expect(packageDigest(shuffled)).toBe(packageDigest(wholePackage));
    expect(packageDigest(cutPackage)).not.toBe(packageDigest(wholePackage));
  });

  it.each<[string, string]>([
    ['without its last newline', serialisePackage(wholePackage).trimEnd()],
    ['with a space more', serialisePackage(wholePackage).replace(': ', ':  ')],
    ['on one line', JSON.stringify(wholePackage)],
    ['with its files in another order', textOf({ ...withPaths('b', 'a') })],
    ['with a number spelled otherwise', serialisePackage(wholePackage).replace('1200', '1.2e3')],
    ['with a letter spelled otherwise', serialisePackage(wholePackage).replace('README', '\\u0052EADME')],
  ])('is refused %s, since its digest would name another text', (_, text) => {
    expect(refusal(() => parsePackage(text))).toMatch(
      /is not in canonical form .*; publish the package anew\.$/,
    );
  });

  it.each<[string, string, string | RegExp]>([
    ['no JSON', '{', 'is not valid JSON.'],
    ['a list', '[]', /^is wrong at its top level: /],
    ['null', 'null', /^is wrong at its top level: /],
    [
      'a newer version',
      textOf({ formatVersion: 2, shiny: true }),
      'is of format version 2, but this program reads versions up to 1; use a newer one.',
    ],
    ['no version', textOf({ files: withPaths('a').files }), /^is wrong at formatVersion: /],
    ['an unknown field', textOf({ ...wholePackage, shiny: 1 }), /^is wrong at its top level: .*"shiny"/],
    ['an unknown field of a file', textOf(withFile({ mode: 7 })), /^is wrong at files\.0: .*"mode"/],
    [
      'a key twice',
      '{"formatVersion":1,"formatVersion":1}',
      'has the key "formatVersion" twice in one object.',
    ],
    ['a trap as a key', '{"__proto__":1}', 'has the key "__proto__", which is not allowed.'],
    ['no files', textOf({ files: [], formatVersion: 1 }), /^is wrong at files: /],
    [
      'too many files',
      textOf(withPaths(...Array.from({ length: 1001 }, (_, index) => `f${index}`))),
      /^is wrong at files: .*1000/,
    ],
    ['a negative size', textOf(withFile({ sizeBytes: -1 })), /^is wrong at files\.0\.sizeBytes: /],
    ['half a byte', textOf(withFile({ sizeBytes: 0.5 })), /^is wrong at files\.0\.sizeBytes: /],
    [
      'a size beyond 1 TiB',
      textOf(withFile({ sizeBytes: 2 ** 40 + 1 })),
      /^is wrong at files\.0\.sizeBytes: /,
    ],
    [
      'a digest of another form',
      textOf(withFile({ digest: `sha256:${'A'.repeat(64)}` })),
      'is wrong at files.0.digest: is not of the form sha256:<64 hexadecimal digits>.',
    ],
    ['another method', textOf(withDerivation({ method: 'cut/2' })), /^is wrong at derivation\.method: /],
    ['no classes', textOf(withDerivation({ classes: [] })), /^is wrong at derivation\.classes: /],
    [
      'classes out of order',
      textOf(withDerivation({ classes: [3, 0] })),
      'is wrong at derivation.classes: are not ascending and distinct.',
    ],
    [
      'a class twice',
      textOf(withDerivation({ classes: [3, 3] })),
      'is wrong at derivation.classes: are not ascending and distinct.',
    ],
    ['a threshold above 1', textOf(withDerivation({ tau: 1.5 })), /^is wrong at derivation\.tau: /],
    [
      'a derivation and other files',
      textOf({ ...cutPackage, files: wholePackage.files }),
      'is wrong at files: a derived package has module.json and weights.safetensors and nothing else.',
    ],
    ['endless nesting', '['.repeat(100_000), 'is nested deeper than the 8 levels allowed.'],
    ['endless values', `[${'0,'.repeat(100_000)}0]`, 'has more than the 100000 values allowed.'],
    [
      'endless length',
      ' '.repeat(maxPackageCharacters + 1),
      `is longer than the ${maxPackageCharacters} characters allowed.`,
    ],
  ])('with %s is refused in one sentence', (_, text, fact) => {
    const message = refusal(() => parsePackage(text));
    const start = 'The package manifest ';
    expect(message.startsWith(start)).toBe(true);
    if (typeof fact === 'string') expect(message.slice(start.length)).toBe(fact);
    else expect(message.slice(start.length)).toMatch(fact);
  });

  it.each([
    '',
    '/a',
    'a/',
    'a//b',
    '.',
    '..',
    '../a',
    'a/../b',
    './a',
    'a\\b',
    'C:',
    'C:/a',
    'a:b',
    'a\u0000',
    'a\nb',
    'a\u007f',
    'a b',
    '.git/config',
    'a/.npmrc',
    'a.',
    'a./b',
    '-rf',
    'con',
    'a/NUL.txt',
    'lpt1',
    'ä',
    '\u202egnp',
    'package.moda.json',
    'PACKAGE.moda.sig.json',
    'x'.repeat(201),
  ])('does not take %j for a path', (path) => {
    expect(refusal(() => parsePackage(textOf(withFile({ path }))))).toMatch(/is wrong at files\.0\.path: /);
  });

  it.each([
    'module.json',
    'web/group1-shard1of3.bin',
    'a/b/c/d',
    'console.txt',
    '_',
    'x..y',
    'x'.repeat(200),
  ])('takes %s for a path', (path) => {
    expect(parsePackage(serialisePackage(withPaths(path))).files[0]?.path).toBe(path);
  });

  it.each([
    [['README.md', 'readme.MD'], '"README.md" and "readme.MD" cannot lie in one folder'],
    [['a', 'a'], '"a" and "a" cannot lie in one folder'],
    [['a/b/c', 'A/B'], '"A/B" and "a/b/c" cannot lie in one folder'],
  ])('does not take %j together', (paths, fact) => {
    expect(refusal(() => serialisePackage(withPaths(...paths)))).toBe(
      `The package manifest is wrong at files: ${fact}.`,
    );
  });

  it('cannot be written where it could not be read', () => {
    const broken = { ...withPaths('a'), extra: 1 } as PackageManifest;
    expect(refusal(() => packageDigest(broken))).toMatch(/"extra"/);
    expect(refusal(() => packageDigest(withPaths('..')))).toMatch(/files\.0\.path/);
  });
});

describe('a derivation', () => {
  it('has a digest of its own, the same wherever it is computed', () => {
    // sha256 of its canonical JSON, computed with Python's hashlib.
    expect(derivationDigest(derivation)).toBe(
      'sha256:f3f7879eed185db3c3c9796de6a0046d89b0365a53242fbddf30528414f4a520',
    );
    const reversed = Object.fromEntries(Object.entries(derivation).reverse()) as unknown as Derivation;
    expect(derivationDigest(reversed)).toBe(derivationDigest(derivation));
  });

  it('differs in its digest where it differs in anything', () => {
    const others: Derivation[] = [
      { ...derivation, parent: digest },
      { ...derivation, rates: digest },
      { ...derivation, classes: [0, 3] },
      { ...derivation, tau: 0.9000000000000001 },
    ];
    expect(new Set([derivation, ...others].map(derivationDigest)).size).toBe(5);
  });

  it('is refused in one sentence where it is wrong', () => {
    expect(refusal(() => derivationDigest({ ...derivation, classes: [5, 3] }))).toBe(
      'The derivation is wrong at classes: are not ascending and distinct.',
    );
    expect(refusal(() => derivationDigest({ ...derivation, tau: Number.NaN }))).toMatch(
      /^The derivation is wrong at tau: /,
    );
  });
});
