import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const script = join(import.meta.dirname, '..', '..', '..', 'infra', 'docker', 'root-file-system.mjs');

describe('the files of the image of the web apps', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'moda-image-'));
    await run(process.execPath, [script, 'web', folder]);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(['moda-experiments-web', 'moda-marketplace-web'])(
    'are all that %s needs to start',
    async (name) => {
      const environment = { PATH: process.env['PATH'] };
      const { stdout } = await run(join(folder, 'programs', name), ['--help'], {
        cwd: tmpdir(),
        env: environment,
      });
      expect(stdout).toContain(`${name}: `);
    },
  );

  it('have neither native TensorFlow nor sources', () => {
    expect(existsSync(join(folder, 'node_modules', '@tensorflow', 'tfjs-node-gpu'))).toBe(false);
    expect(existsSync(join(folder, 'apps', 'experiments-web', 'src'))).toBe(false);
  });

  it.todo('and those of the other images are built by a container engine, and linted by hadolint');
});
