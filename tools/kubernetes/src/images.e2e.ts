import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentsOf, type FolderContents } from './images/closed-folder.js';
import { findLinters } from './linters/linters.mjs';

const run = promisify(execFile);
const images = join(import.meta.dirname, '..', '..', '..', 'infra', 'docker');
const script = join(images, 'root-file-system.mjs');
const MIB = 2 ** 20;
const nativeTensorFlow = join('node_modules', '@tensorflow', 'tfjs-node-gpu');

/** The files of an image below /moda, in a folder that lies nowhere near the repository. */
function filesOf(family: string, ...more: string[]) {
  const files = {
    folder: '',
    contents: { sizeBytes: 0, leadingOut: [] } as FolderContents,
    /** Runs one of its programs with nothing of this machine but Node. */
    run: (program: string, ...words: string[]) =>
      run(join(files.folder, 'programs', program), words, {
        cwd: files.folder,
        env: { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: join(files.folder, 'home') },
      }),
  };
  beforeAll(async () => {
    files.folder = await mkdtemp(join(tmpdir(), `moda-image-${family}-`));
    await run(process.execPath, [script, family, files.folder, ...more]);
    files.contents = await contentsOf(files.folder);
  });
  afterAll(() => rm(files.folder, { recursive: true, force: true }));
  return files;
}

describe('the files of the image of the services', () => {
  const image = filesOf('services');

  it('are all that its programs need to start', async () => {
    for (const name of ['moda', 'moda-gateway', 'moda-training', 'moda-registry'])
      expect((await image.run(name, '--help')).stdout).toContain(name);
    expect((await image.run('moda', '--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.runIf((process.env['MODA_REQUIRE'] ?? '').split(',').includes('native') || existsSync(installed()))(
    'train a network with the native TensorFlow that is among them [needs native]',
    async () => {
      const train = ['train', '--arch', 'lenet5', '--epochs', '1', '--max-steps', '2', '--out', 'model'];
      const { stderr } = await image.run('moda', ...train);
      expect(stderr).not.toContain('Native TensorFlow does not load');
      expect(await readdir(join(image.folder, 'model'))).toContain('weights.safetensors');
      expect(
        JSON.parse((await image.run('moda', 'evaluate', '--model', 'model', '--json')).stdout),
      ).toHaveProperty('accuracy');
    },
  );

  it('lead to nothing outside of them', () => expect(image.contents.leadingOut).toEqual([]));

  it('have neither sources nor pages', () => {
    for (const name of ['apps/training/src', 'apps/experiments-web', 'tools/kubernetes', 'node_modules/next'])
      expect([name, existsSync(join(image.folder, name))]).toEqual([name, false]);
  });

  // TensorFlow itself takes 820 MiB of it.
  it('take less than 1.4 GiB', () => expect(image.contents.sizeBytes).toBeLessThan(1400 * MIB));
});

describe('the files of the image of training pods, but for TensorFlow and CUDA', () => {
  const image = filesOf('gpu', '--without-native');

  it('are all that a pod needs to find out what it is to do', async () => {
    expect((await image.run('moda', '--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    await expect(image.run('moda', 'worker')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('MODA_RUN_ID is missing') as string,
    });
  });

  it('have neither gateway nor registry', () => {
    for (const name of ['apps/gateway', 'apps/registry', nativeTensorFlow])
      expect([name, existsSync(join(image.folder, name))]).toEqual([name, false]);
  });

  it('lead to nothing outside of them', () => expect(image.contents.leadingOut).toEqual([]));

  it('take less than 350 MiB', () => expect(image.contents.sizeBytes).toBeLessThan(350 * MIB));
});

describe('the files of the image of the web apps', () => {
  const image = filesOf('web');

  it.each(['moda-experiments-web', 'moda-marketplace-web'])(
    'are all that %s needs to start',
    async (name) => {
      expect((await image.run(name, '--help')).stdout).toContain(`${name}: `);
    },
  );

  it('have neither native TensorFlow nor sources', () => {
    expect(existsSync(join(image.folder, nativeTensorFlow))).toBe(false);
    expect(existsSync(join(image.folder, 'apps', 'experiments-web', 'src'))).toBe(false);
  });

  it('lead to nothing outside of them', () => expect(image.contents.leadingOut).toEqual([]));

  it('take less than 500 MiB', () => expect(image.contents.sizeBytes).toBeLessThan(500 * MIB));
});

const linters = findLinters();
const unchecked =
  linters === undefined && !(process.env['MODA_REQUIRE'] ?? '').split(',').includes('kubernetes');

describe.skipIf(unchecked)('the Dockerfiles [needs kubernetes]', () => {
  const hadolint = (...words: string[]) => run(linters?.hadolint ?? 'hadolint', ['--no-color', ...words]);

  it('have nothing that hadolint finds', async () => {
    const names = (await readdir(images)).filter((name) => name.endsWith('.Dockerfile')).sort();
    expect(names).toEqual(['gpu.Dockerfile', 'services.Dockerfile', 'web.Dockerfile']);
    expect((await hadolint(...names.map((name) => join(images, name)))).stdout).toBe('');
  });

  it('would be found out', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'moda-dockerfile-'));
    try {
      const text = await readFile(join(images, 'services.Dockerfile'), 'utf8');
      await writeFile(join(folder, 'Dockerfile'), text.replaceAll(':24.11.1-bookworm-slim', ''));
      await expect(hadolint(join(folder, 'Dockerfile'))).rejects.toMatchObject({
        stdout: expect.stringContaining('DL3006') as string,
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('the images', () => {
  it.todo('are built by a container engine, that of training pods with the libraries of CUDA');
});

/** The addon of this clone, where it is set up. */
function installed(): string {
  return join(images, '..', '..', nativeTensorFlow, 'deps', 'lib');
}
