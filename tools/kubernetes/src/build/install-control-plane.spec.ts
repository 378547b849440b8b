import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtFolder } from './control-plane-sources.mjs';
import { installControlPlane } from './install-control-plane.mjs';

/** A stand-in for Go: it notes what it is to build, and what it builds does nothing. */
const GO = `#!/bin/sh
if [ "$1" = list ]; then echo v1.34.4; exit 0; fi
if [ -n "$REFUSES" ]; then echo "no such luck" >&2; exit 1; fi
for last; do :; done
echo "$last" >> "$CALLS"
while [ "$1" != -o ]; do shift; done
/bin/mkdir -p "\${2%/*}"
printf '#!/bin/sh\\n' > "$2"
/bin/chmod +x "$2"
`;

describe.skipIf(process.platform === 'win32')('the control plane', () => {
  let folder: string;
  let sources: string;
  let env: NodeJS.ProcessEnv & Record<'MODA_CACHE' | 'CALLS', string>;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'moda-build-'));
    sources = join(folder, 'sources');
    await mkdir(join(sources, 'manifests'), { recursive: true });
    const programs = [{ name: 'kubectl', package: './kubectl', module: '.' }];
    await writeFile(
      join(sources, 'build.json'),
      JSON.stringify({ programs, goFlags: '', copied: [], rendered: {} }),
    );
    await writeFile(join(folder, 'go'), GO);
    await chmod(join(folder, 'go'), 0o755);
    env = { PATH: folder, MODA_CACHE: join(folder, 'cache'), CALLS: join(folder, 'calls') };
  });
  afterEach(() => rm(folder, { recursive: true }));

  const cached = () => readdir(join(env.MODA_CACHE, 'kubernetes'));
  const built = () => builtFolder(env, sources);

  it('is built once, by whoever comes first', async () => {
    expect(
      await Promise.all([installControlPlane({ env, sources }), installControlPlane({ env, sources })]),
    ).toEqual([undefined, undefined]);
    expect(await readFile(env.CALLS, 'utf8')).toBe('./kubectl\n');
    expect(await readdir(join(built(), 'bin'))).toEqual(['kubectl']);
    expect(await cached()).toHaveLength(1);
  });

  it('is built anew where its sources have changed', async () => {
    await installControlPlane({ env, sources });
    const before = built();
    await writeFile(join(sources, 'manifests', 'new.yaml'), '');
    expect(built()).not.toBe(before);
    await installControlPlane({ env, sources });
    expect(await readdir(join(built(), 'manifests'))).toEqual(['new.yaml']);
  });

  it('does not wait for a builder that is gone', async () => {
    await mkdir(`${built()}.building`, { recursive: true });
    // No process has a number as large.
    await writeFile(join(`${built()}.building`, 'pid'), String(2 ** 30));
    expect(await installControlPlane({ env, sources })).toBeUndefined();
    expect(await cached()).toHaveLength(1);
  });

  it('that cannot be built leaves nothing, and the reason is told', async () => {
    env['REFUSES'] = 'true';
    expect(await installControlPlane({ env, sources })).toBe(
      'The Kubernetes control plane could not be built: no such luck. Install Go 1.25 or newer, see that its module proxy can be reached, and try again.',
    );
    expect(await cached()).toEqual([]);
  });
});
