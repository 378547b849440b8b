import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findChromium } from './find-chromium.js';
import { hasBrowser } from './open-browser.js';

let folder: string;

async function program(name: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, '');
  await chmod(path, 0o755);
  return path;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-e2e-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the browser for tests', () => {
  it('is the one that MODA_CHROMIUM names, or else one on the PATH', async () => {
    const onPath = await program('google-chrome');
    const named = await program('my-browser');
    expect(await findChromium({ PATH: folder })).toBe(onPath);
    expect(await findChromium({ PATH: folder, MODA_CHROMIUM: named })).toBe(named);
  });

  it('is no other one where the named one cannot be run', async () => {
    await program('chromium');
    const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const environment = { PATH: folder, MODA_CHROMIUM: join(folder, 'absent') };
    expect(await findChromium(environment)).toBeUndefined();
    expect(await hasBrowser(environment)).toBe(false);
    expect(complaint).toHaveBeenCalledWith(
      `MODA_CHROMIUM names ${join(folder, 'absent')}, which is no program that can be run; correct or unset it.`,
    );
    complaint.mockRestore();
  });

  it('is not missed quietly where it is required', async () => {
    const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const environment = { MODA_CHROMIUM: join(folder, 'absent'), MODA_REQUIRE: 'minio,browser' };
    expect(await hasBrowser(environment)).toBe(true);
    complaint.mockRestore();
  });
});
