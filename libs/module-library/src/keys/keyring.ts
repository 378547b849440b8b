import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isModaError, ModaError } from '@moda/contracts';
import {
  canonicalJson,
  createSigningKey,
  keyIdOf,
  parseSigningKey,
  type SigningKey,
  type TrustedKey,
} from '@moda/module-format';
import { z } from 'zod';
import { fileErrorCode, reasonOf } from '../files/reason-of.js';
import { createAtomically, writeAtomically } from '../files/write-atomically.js';

/** What the environment says about keys. */
export interface KeyringEnvironment {
  /** A file with the signing key, in place of the one in the folder. */
  readonly MODA_SIGNING_KEY?: string | undefined;
  /** A file with the trusted keys, in place of the one in the folder. */
  readonly MODA_TRUSTED_KEYS?: string | undefined;
  /** `true`: packages without a signature are taken. */
  readonly MODA_ALLOW_UNSIGNED?: string | undefined;
}

/** With which key this person signs, and whose signatures count. */
export interface Keyring {
  readonly signingKeyFile: string;
  readonly trustedKeysFile: string;
  /** The own key, where there is one. */
  readonly signingKey: SigningKey | undefined;
  /** The own key first, then those of the file. */
  readonly trusted: readonly TrustedKey[];
  readonly allowUnsigned: boolean;
}

const trustedKeysSchema = z.strictObject({
  keys: z
    .array(z.strictObject({ publicKey: z.string(), name: z.string().min(1).max(200).optional() }))
    .max(1000),
});

/**
 * Reads the keys of a folder, `<MODA_HOME>/keys`: `signing-key.json` and `trusted-keys.json`, each of which may be absent.
 *
 * @throws ModaError SIGNING_KEY_INVALID naming the file
 */
export async function openKeyring(folder: string, environment: KeyringEnvironment = {}): Promise<Keyring> {
  const { MODA_SIGNING_KEY, MODA_TRUSTED_KEYS, MODA_ALLOW_UNSIGNED } = environment;
  const signingKeyFile = MODA_SIGNING_KEY || join(folder, 'signing-key.json');
  const trustedKeysFile = MODA_TRUSTED_KEYS || join(folder, 'trusted-keys.json');
  const signingKey = await readKeys(signingKeyFile, parseSigningKey, { required: Boolean(MODA_SIGNING_KEY) });
  const listed = await readKeys(trustedKeysFile, parseTrustedKeys, { required: Boolean(MODA_TRUSTED_KEYS) });
  return {
    signingKeyFile,
    trustedKeysFile,
    signingKey,
    trusted: [
      ...(signingKey ? [{ publicKey: signingKey.publicKey, name: 'this machine' }] : []),
      ...(listed ?? []),
    ],
    allowUnsigned: MODA_ALLOW_UNSIGNED === 'true',
  };
}

/** The keyring with a signing key: the one that is there, or a new one, for its owner's eyes only. */
export async function withSigningKey(
  keyring: Keyring,
): Promise<Keyring & { readonly signingKey: SigningKey }> {
  const { signingKey } = keyring;
  if (signingKey) return { ...keyring, signingKey };
  const made = await makeSigningKey(keyring.signingKeyFile);
  const key = made ?? (await readKeys(keyring.signingKeyFile, parseSigningKey, { required: true }))!;
  return {
    ...keyring,
    signingKey: key,
    trusted: [{ publicKey: key.publicKey, name: 'this machine' }, ...keyring.trusted],
  };
}

/**
 * Makes the signing key.
 *
 * @throws ModaError SIGNING_KEY_EXISTS
 */
export async function createKey({ signingKeyFile }: Pick<Keyring, 'signingKeyFile'>): Promise<SigningKey> {
  const key = await makeSigningKey(signingKeyFile);
  if (key) return key;
  throw new ModaError(
    'SIGNING_KEY_EXISTS',
    `There is a signing key in ${signingKeyFile} already; move that file away first if you want another.`,
    { path: signingKeyFile },
  );
}

/**
 * Adds a key to the trusted ones; a key that is there keeps its place and gets the new name.
 *
 * @throws ModaError SIGNING_KEY_INVALID
 */
export async function trustKey(
  { trustedKeysFile }: Pick<Keyring, 'trustedKeysFile'>,
  key: TrustedKey,
): Promise<{ readonly keyId: string; readonly trusted: readonly TrustedKey[] }> {
  const keyId = keyIdOf(key.publicKey);
  const known = (await readKeys(trustedKeysFile, parseTrustedKeys, { required: false })) ?? [];
  const others = known.filter(({ publicKey }) => publicKey !== key.publicKey);
  const keys = parseTrustedKeys({ keys: [...others, key] });
  await mkdir(join(trustedKeysFile, '..'), { recursive: true });
  await writeAtomically(trustedKeysFile, canonicalJson({ keys }));
  return { keyId, trusted: keys };
}

async function makeSigningKey(path: string): Promise<SigningKey | undefined> {
  const key = createSigningKey();
  try {
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
    return (await createAtomically(path, canonicalJson(key), 0o600)) ? key : undefined;
  } catch (error) {
    throw invalid(path, `cannot be written: ${reasonOf(error)}`);
  }
}

async function readKeys<T>(
  path: string,
  parse: (json: unknown) => T,
  { required }: { readonly required: boolean },
): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (!required && fileErrorCode(error) === 'ENOENT') return undefined;
    throw invalid(path, `cannot be read: ${reasonOf(error)}`);
  }
  try {
    return parse(JSON.parse(text));
  } catch (error) {
    if (isModaError(error)) throw invalid(path, `is wrong: ${error.message.replace(/\.$/, '')}`);
    throw invalid(path, 'is not valid JSON');
  }
}

function parseTrustedKeys(json: unknown): readonly TrustedKey[] {
  const { success, data, error } = trustedKeysSchema.safeParse(json);
  if (!success)
    throw new ModaError(
      'SIGNING_KEY_INVALID',
      `at ${error.issues[0]?.path.join('.') || 'its top level'}, ${error.issues[0]?.message ?? ''}`,
    );
  return data.keys.map(({ publicKey, name }) => {
    keyIdOf(publicKey);
    return { publicKey, ...(name === undefined ? {} : { name }) };
  });
}

function invalid(path: string, fact: string): ModaError {
  return new ModaError('SIGNING_KEY_INVALID', `The file of keys ${path} ${fact}.`, { path });
}
