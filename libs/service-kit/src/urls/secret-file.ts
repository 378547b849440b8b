import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ModaError } from '@moda/contracts';

const secretBytes = 32;

/**
 * The secret in a file, made where the file is absent: 64 hexadecimal digits that only its owner can read. Of two processes that start at
 * once, both get the same.
 *
 * @throws ModaError SECRET_INVALID
 */
export async function readSecretFile(path: string): Promise<Uint8Array> {
  const text = (await textOf(path)) ?? (await createSecret(path));
  if (/^[0-9a-f]{64}\s*$/.test(text)) return Buffer.from(text.trim(), 'hex');
  throw new ModaError(
    'SECRET_INVALID',
    `The secret in ${path} is not 64 hexadecimal digits; remove the file to get a new one, which ends all addresses given out.`,
    { path },
  );
}

async function createSecret(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(`${randomBytes(secretBytes).toString('hex')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    // A name that is taken stays as it is: another process was quicker.
    await link(temporary, path).catch((error: unknown) => {
      if (!isCode(error, 'EEXIST')) throw error;
    });
  } finally {
    await rm(temporary, { force: true });
  }
  return readFile(path, 'utf8');
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
