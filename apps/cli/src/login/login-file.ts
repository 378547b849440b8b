import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ModaError } from '@moda/contracts';
import { z } from 'zod';

const renewalSchema = z.object({
  tokenEndpoint: z.string(),
  clientId: z.string(),
  refreshToken: z.string(),
  /** RFC 3339. */
  expiresAt: z.string(),
});

const loginSchema = z.object({
  gateway: z.string(),
  /** Absent where the gateway asks nobody who they are. */
  token: z.string().optional(),
  user: z.string(),
  role: z.string(),
  /** How the token is made new before it expires. */
  renewal: renewalSchema.optional(),
});

/** Where somebody is logged in, and as whom. */
export type Login = Readonly<z.infer<typeof loginSchema>>;
export type Renewal = Readonly<z.infer<typeof renewalSchema>>;

/** For the owner's eyes only. */
const fileMode = 0o600;
const folderMode = 0o700;

export function loginPath(folder: string): string {
  return join(folder, 'login.json');
}

/**
 * The login, undefined where nobody is logged in.
 *
 * @throws ModaError LOGIN_INVALID
 */
export async function readLogin(folder: string): Promise<Login | undefined> {
  const path = loginPath(folder);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw invalid(path, `cannot be read (${codeOf(error)})`);
  }
  const parsed = loginSchema.safeParse(parsedJson(text));
  if (parsed.success) return parsed.data;
  throw invalid(path, 'is not of its form');
}

/**
 * Keeps a login in a file that nobody else reads, whole or not at all.
 *
 * @returns its path
 * @throws ModaError OUTPUT_NOT_WRITABLE
 */
export async function writeLogin(folder: string, login: Login): Promise<string> {
  const path = loginPath(folder);
  const temporary = `${path}.${randomUUID()}`;
  try {
    await mkdir(folder, { recursive: true, mode: folderMode });
    await writeFile(temporary, `${JSON.stringify(login, null, 2)}\n`, { mode: fileMode, flush: true });
    await chmod(temporary, fileMode);
    await rename(temporary, path);
    return path;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new ModaError(
      'OUTPUT_NOT_WRITABLE',
      `The login cannot be kept in ${folder} (${codeOf(error)}); name another folder with MODA_CONFIG.`,
      { path: folder },
    );
  }
}

/** Forgets the login; false where there was none. */
export async function removeLogin(folder: string): Promise<boolean> {
  try {
    await rm(loginPath(folder));
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
    throw invalid(loginPath(folder), `cannot be removed (${codeOf(error)})`);
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

function invalid(path: string, fact: string): ModaError {
  return new ModaError('LOGIN_INVALID', `The login in ${path} ${fact}; run moda login again.`, { path });
}
