import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findMinio } from './find-minio.js';

describe.skipIf(process.platform === 'win32')('MinIO', () => {
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

  async function program(path: string, script: string): Promise<string> {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, path), 0o755);
    return join(folder, path);
  }
  /** An environment with nothing of this machine in it. */
  const environment = (more: NodeJS.ProcessEnv = {}) => ({
    PATH: join(folder, 'path'),
    MODA_CACHE: join(folder, 'cache'),
    ...more,
  });
  const built = () => join(folder, 'cache', 'bin', 'minio');

  it('is the one that is named, before one on the PATH, before one built earlier', async () => {
    const earlier = await program('cache/bin/minio', '');
    expect(await findMinio(environment({ PATH: '' }))).toBe(earlier);
    const onPath = await program('path/minio', '');
    expect(await findMinio(environment())).toBe(onPath);
    const named = await program('named/minio', '');
    expect(await findMinio(environment({ MINIO_BIN: named }))).toBe(named);
    expect(said).toEqual([]);
  });

  it('is not another one where the named one does not exist', async () => {
    await program('path/minio', '');
    expect(await findMinio(environment({ MINIO_BIN: join(folder, 'absent') }))).toBeUndefined();
    expect(said).toEqual([
      `MINIO_BIN names ${join(folder, 'absent')}, which is no program that can be run; correct or unset it.`,
    ]);
  });

  it('is not there where there is no Go either', async () => {
    expect(await findMinio(environment({ MODA_REQUIRE: 'minio' }))).toBeUndefined();
  });

  it('is not built for somebody who does not require it', async () => {
    await program('path/go', `echo called > ${join(folder, 'calls')}`);
    expect(await findMinio(environment({ MODA_REQUIRE: 'native' }))).toBeUndefined();
    expect(await readdir(folder)).toEqual(['path']);
  });

  it('is built with Go once, by whoever comes first', async () => {
    await program(
      'path/go',
      `echo "$@" >> ${join(folder, 'calls')}; /bin/sleep 0.3; echo x > "$GOBIN/minio"; /bin/chmod +x "$GOBIN/minio"`,
    );
    const env = environment({ MODA_REQUIRE: 'native,minio' });
    expect(await Promise.all([findMinio(env), findMinio(env)])).toEqual([built(), built()]);
    expect(await findMinio(env)).toBe(built());
    expect(await readFile(join(folder, 'calls'), 'utf8')).toBe(
      'install -trimpath github.com/minio/minio@latest\n',
    );
    expect(await readdir(join(folder, 'cache', 'bin'))).toEqual(['minio']);
  });

  it('that cannot be built leaves nothing, and says why', async () => {
    await program('path/go', 'echo "no network" >&2; exit 1');
    expect(await findMinio(environment({ MODA_REQUIRE: 'native,minio' }))).toBeUndefined();
    expect(said.at(-1)).toBe('MinIO could not be built with Go: no network');
    expect(await readdir(join(folder, 'cache', 'bin'))).toEqual([]);
  });
});
