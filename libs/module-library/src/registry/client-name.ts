import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAtomically } from '../files/write-atomically.js';

/**
 * The name under which this installation is counted: random, so that it says nothing, and kept, so that it is counted once. Undefined
 * where it cannot be kept.
 */
export async function clientName(home: string): Promise<string | undefined> {
  const path = join(home, 'client-id');
  try {
    await mkdir(home, { recursive: true });
    await createAtomically(path, `${randomUUID()}\n`);
    return (await readFile(path, 'utf8')).trim().slice(0, 100) || undefined;
  } catch {
    return undefined;
  }
}
