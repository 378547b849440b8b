import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findPostgres } from './find-postgres.js';

describe.skipIf(process.platform === 'win32')('PostgreSQL', () => {
  let folder: string;
  let said: string[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'moda-find-'));
    said = [];
    vi.spyOn(console, 'error').mockImplementation((text: string) => void said.push(text));
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  async function programs(path: string, names = ['initdb', 'postgres']): Promise<string> {
    await mkdir(join(folder, path), { recursive: true });
    for (const name of names) {
      await writeFile(join(folder, path, name), '#!/bin/sh\n');
      await chmod(join(folder, path, name), 0o755);
    }
    return join(folder, path);
  }
  const find = (env: NodeJS.ProcessEnv = {}) => findPostgres(env, join(folder, 'debian'));

  it('is the one that is named, before one on the PATH, before the newest of Debian', async () => {
    await programs('debian/9/bin');
    const newest = await programs('debian/15/bin');
    expect(await find()).toBe(newest);
    const onPath = await programs('path');
    const path = [join(folder, 'absent'), '', onPath].join(delimiter);
    expect(await find({ PATH: path })).toBe(onPath);
    const named = await programs('named');
    expect(await find({ PATH: path, POSTGRES_BIN: named })).toBe(named);
    expect(said).toEqual([]);
  });

  it('is not another one where the named one does not exist', async () => {
    await programs('debian/15/bin');
    expect(await find({ POSTGRES_BIN: join(folder, 'absent') })).toBeUndefined();
    expect(said).toEqual([
      `POSTGRES_BIN names ${join(folder, 'absent')}, where there is no initdb and postgres; correct or unset it.`,
    ]);
  });

  it('is not where only its clients are', async () => {
    const clients = await programs('clients', ['psql', 'initdb']);
    expect(await find({ PATH: clients })).toBeUndefined();
  });
});
