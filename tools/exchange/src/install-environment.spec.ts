import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findReaders } from './environment.mjs';
import { installEnvironment } from './install-environment.mjs';

/** A stand-in for Python: it notes how it was called, makes environments by copying itself, and fails where it is told to. */
const PYTHON = `#!/bin/sh
echo "$*" >> "$CALLS"
case "$*" in *"$REFUSES"*) echo "no such luck" >&2; exit 1;; esac
if [ "$2" = venv ]; then
  for folder; do :; done
  /bin/mkdir -p "$folder/bin" && /bin/cp "$0" "$folder/bin/python"
fi
`;

describe.skipIf(process.platform === 'win32')('the reference readers', () => {
  let folder: string;
  let env: NodeJS.ProcessEnv & Record<'MODA_CACHE' | 'CALLS', string>;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'moda-readers-'));
    await mkdir(join(folder, 'cache'));
    await writeFile(join(folder, 'python'), PYTHON);
    await chmod(join(folder, 'python'), 0o755);
    env = {
      PATH: '',
      MODA_CACHE: join(folder, 'cache'),
      MODA_PYTHON: join(folder, 'python'),
      CALLS: join(folder, 'calls'),
      REFUSES: 'nothing',
    };
  });
  afterEach(() => rm(folder, { recursive: true }));

  const calls = async () => (await readFile(env.CALLS, 'utf8')).trim().split('\n');
  const cached = () => readdir(env.MODA_CACHE);
  const venv = () => join(env.MODA_CACHE, 'exchange-venv');

  it('are installed once, in the versions listed, and found from then on', async () => {
    expect(findReaders(env)).toBeUndefined();
    expect(await installEnvironment({ env })).toBeUndefined();
    expect(findReaders(env)).toBe(join(venv(), 'bin', 'python'));
    expect(await installEnvironment({ env })).toBeUndefined();
    expect(await calls()).toEqual([
      expect.stringMatching(/^-m venv /),
      expect.stringMatching(/^-m pip install .* --requirement .*requirements\.txt$/),
    ]);
    expect(await cached()).toEqual(['exchange-venv']);
  });

  it('come by the pip of the system where an environment cannot have its own', async () => {
    env['REFUSES'] = `venv ${env.MODA_CACHE}`;
    expect(await installEnvironment({ env })).toBeUndefined();
    expect((await calls()).slice(1)).toEqual([
      expect.stringMatching(/^-m venv --without-pip /),
      expect.stringMatching(/^-m pip --python .* install /),
    ]);
    expect(findReaders(env)).toBeDefined();
  });

  it('of other versions are replaced', async () => {
    await installEnvironment({ env });
    await writeFile(join(venv(), 'requirements.txt'), 'onnx==0.1\n');
    expect(findReaders(env)).toBeUndefined();
    expect(await installEnvironment({ env })).toBeUndefined();
    expect(findReaders(env)).toBeDefined();
    expect(await cached()).toEqual(['exchange-venv']);
  });

  it('that two install at once are there for both', async () => {
    expect(await Promise.all([installEnvironment({ env }), installEnvironment({ env })])).toEqual([
      undefined,
      undefined,
    ]);
    expect(findReaders(env)).toBeDefined();
    expect(await cached()).toEqual(['exchange-venv']);
  });

  it('that pip does not get leave nothing behind, and the reason is told', async () => {
    env['REFUSES'] = 'pip install';
    expect(await installEnvironment({ env })).toBe(
      'The reference readers could not be installed: no such luck. Give a Python of 3.11 or newer with pip and venv, by MODA_PYTHON if it is not python3.',
    );
    expect(await cached()).toEqual([]);
  });

  it('are not installed without a Python', async () => {
    env['MODA_PYTHON'] = join(folder, 'absent');
    expect(await installEnvironment({ env })).toContain('ENOENT');
    expect(await cached()).toEqual([]);
  });
});
