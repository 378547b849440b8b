import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProcessResult, runModa } from '../run-moda.js';
import { type RunningRegistry, startRegistry } from './running-registry.js';

interface Page {
  readonly modules: readonly { readonly reference: string }[];
  readonly next?: string;
}
interface Pulled {
  readonly pulled: readonly { readonly resolved: string }[];
}
interface Verdict {
  readonly ok: boolean;
  readonly folders: readonly unknown[];
}
interface Keys {
  readonly trusted: readonly { readonly name: string; readonly keyId: string; readonly publicKey: string }[];
}

let folder: string;
let registry: RunningRegistry;
const at = (...names: string[]): string => join(folder, ...names);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-e2e-'));
  registry = await startRegistry(at('home'));
  const recipe = ['--arch', 'lenet5', '--dataset', 'digits', '--train-limit', '200', '--epochs', '1'];
  await document('train', ...recipe, '--out', at('model'));
  await document('decompose', '--model', at('model'), '--out', at('modules'));
});
afterAll(async () => {
  await registry.stop();
  await rm(folder, { recursive: true, force: true });
});

/** `moda` of somebody whose keys and cache lie in `home`. */
function moda(args: readonly string[], home = 'home'): Promise<ProcessResult> {
  return runModa(args, { MODA_REGISTRY: registry.url, MODA_HOME: at(home), CI: 'true' });
}

/** Runs a command that has to succeed and gives its JSON document. */
async function document<T = Record<string, unknown>>(...args: string[]): Promise<T> {
  const { exitCode, standardOutput, standardError } = await moda([...args, '--json']);
  expect(exitCode, standardError).toBe(0);
  return JSON.parse(standardOutput) as T;
}

/** Runs a command that has to fail: its exit code and its one sentence. */
async function failure(args: readonly string[], home?: string): Promise<readonly [number | null, string]> {
  const { exitCode, standardOutput, standardError } = await moda(args, home);
  expect(standardOutput).toBe('');
  return [exitCode, standardError];
}

const bytes = (...names: string[]): Promise<Buffer> => readFile(at(...names));

describe('a model that was trained here', () => {
  it('needs a licence to be published', async () => {
    const [exitCode, sentence] = await failure(['publish', at('model'), 'ada/digits@1.0.0']);
    expect(exitCode).toBe(2);
    expect(sentence).toMatch(/^moda: The model .* says no licence; .*\[LICENSE_MISSING\]\n$/);
  });

  it('is published once, and another one cannot have its name', async () => {
    const publish = [
      'publish',
      at('model'),
      'ada/digits@1.0.0',
      '--license',
      'Apache-2.0',
      '--alias',
      'champion',
    ];
    const first = await document(...publish);
    expect(first).toMatchObject({ reference: 'ada/digits@1.0.0', created: true, license: 'Apache-2.0' });
    expect(await document(...publish)).toMatchObject({
      created: false,
      uploadedBytes: 0,
      digest: first.digest,
    });

    await cp(at('model'), at('changed'), { recursive: true });
    await writeFile(at('changed', 'README.md'), 'Other words.\n');
    const [exitCode, sentence] = await failure(['publish', at('changed'), 'ada/digits@1.0.0']);
    expect(exitCode).toBe(1);
    expect(sentence).toMatch(
      /^moda: ada\/digits@1\.0\.0 is released already with other contents.*\[VERSION_TAKEN\]\n$/s,
    );
  });

  it('is found by its classes', async () => {
    const { modules } = await document<Page>('search', '3', '--dataset', 'digits', '--order', 'smallest');
    expect(modules.map(({ reference }) => reference)).toEqual(['ada/digits/3@1.0.0']);
    const first = await document<Page>('search', '--first', '4');
    const rest = await document<Page>('search', '--first', '100', '--after', first.next ?? '');
    expect([first.modules.length, rest.modules.length]).toEqual([4, 6]);
    const { standardOutput } = await moda(['search', '--max-flops', '1', '--csv']);
    expect(standardOutput).toBe('module,architecture,dataset,license,accuracy,parameters,bytes,flops\n');
  });
});

describe('what is pulled', () => {
  it('is a class that predicts, the very one that is cut here', async () => {
    const { pulled } = await document<Pulled>(
      'pull',
      'ada/digits/3@champion',
      '--out',
      at('three'),
      '--lock',
      at('moda.lock'),
    );
    expect(pulled[0]).toMatchObject({ reference: 'ada/digits/3@champion', resolved: 'ada/digits/3@1.0.0' });
    expect((await readdir(at('three'))).sort()).toEqual([
      'README.md',
      'module.json',
      'package.moda.json',
      'package.moda.sig.json',
      'weights.safetensors',
    ]);
    expect((await bytes('three', 'README.md')).toString()).toContain('license: Apache-2.0');
    await document('evaluate', '--model', at('three'), '--limit', '50');

    await document('compose', '--model', at('model'), '--classes', '3', '--out', at('own-three'));
    for (const name of ['module.json', 'weights.safetensors'])
      expect((await bytes('three', name)).equals(await bytes('own-three', name)), name).toBe(true);
  });

  it('is verified: every byte, the signature, and the cut', async () => {
    const { ok, folders } = await document<Verdict>('verify', at('three'), '--recut');
    expect(ok).toBe(true);
    expect(folders[0]).toMatchObject({ files: 'right', signature: 'trusted', recut: 'same' });
    expect((await document<Verdict>('verify', at('three'), '--recut', '--parent', at('model'))).ok).toBe(
      true,
    );

    await cp(at('three'), at('tampered'), { recursive: true });
    const weights = await bytes('tampered', 'weights.safetensors');
    weights[weights.length - 1]! ^= 1;
    await rm(at('tampered', 'weights.safetensors'));
    await writeFile(at('tampered', 'weights.safetensors'), weights);
    const { exitCode, standardOutput } = await moda(['verify', at('tampered')]);
    expect(exitCode).toBe(1);
    expect(standardOutput).toContain('weights.safetensors is not what the package says');
  });

  it('can be had again exactly, after the alias has moved on', async () => {
    await document('pull', 'ada/digits', '--out', at('whole'), '--lock', at('moda.lock'));
    const lock = (await bytes('moda.lock')).toString();
    const three = await bytes('three', 'weights.safetensors');
    await writeFile(at('model', 'README.md'), 'A second edition.\n');
    await document('publish', at('model'), 'ada/digits@2.0.0', '--alias', 'champion');
    await rm(at('three'), { recursive: true });

    const { pulled } = await document<Pulled>('pull', '--lock', at('moda.lock'));
    expect(pulled.map(({ resolved }) => resolved)).toEqual(['ada/digits@1.0.0', 'ada/digits/3@1.0.0']);
    expect((await bytes('three', 'weights.safetensors')).equals(three)).toBe(true);
    expect((await bytes('moda.lock')).toString()).toBe(lock);
    expect((await document<Verdict>('verify', at('moda.lock'), '--recut')).ok).toBe(true);

    const frozen = ['pull', 'ada/digits/4', '--frozen', '--lock', at('moda.lock')];
    expect((await failure(frozen))[1]).toContain('[LOCK_DIFFERS]');
  });
});

describe('somebody else', () => {
  it('trusts nobody at first, and then whom they choose', async () => {
    const pull = ['pull', 'ada/digits', '--out', at('elsewhere'), '--lock', at('other.lock')];
    const [exitCode, sentence] = await failure(pull, 'other-home');
    expect(exitCode).toBe(1);
    expect(sentence).toMatch(
      /is signed by the key [0-9a-f]{16}, which is not trusted here.*\[SIGNATURE_UNKNOWN_KEY\]/,
    );

    const { trusted } = await document<Keys>('keys', 'show');
    const own = trusted.find(({ name }) => name === 'this machine')!;
    const learned = await moda(['keys', 'trust', own.publicKey, '--name', 'Ada'], 'other-home');
    expect(learned.exitCode, learned.standardError).toBe(0);
    const { exitCode: done, standardOutput } = await moda(pull, 'other-home');
    expect(done).toBe(0);
    expect(standardOutput).toContain(`Ada (${own.keyId})`);
  });

  it('hears in one sentence that there is no registry', async () => {
    const { exitCode, standardError } = await runModa(['search', 'cat', '--registry', 'http://127.0.0.1:9']);
    expect(exitCode).toBe(1);
    expect(standardError).toBe(
      'moda: No registry answers at http://127.0.0.1:9; start one with npx moda-registry or set MODA_REGISTRY. [REGISTRY_UNREACHABLE]\n',
    );
  });
});

describe('TensorFlow', () => {
  // Whatever loads a module of it fails.
  const forbidding = `data:text/javascript,${encodeURIComponent(`
    import Module, { register } from 'node:module';
    const load = Module._load;
    Module._load = (name, ...rest) => {
      if (/tensorflow|tfjs/.test(name)) throw new Error('loaded ' + name);
      return load(name, ...rest);
    };
    register('data:text/javascript,' + encodeURIComponent(
      "export const resolve = (name, context, next) => { if (/^@tensorflow|tfjs/.test(name)) throw new Error('loaded ' + name); return next(name, context); }"
    ));
  `)}`;
  const without = (...args: string[]): Promise<ProcessResult> =>
    runModa(args, {
      ...{ MODA_REGISTRY: registry.url, MODA_HOME: at('home'), CI: 'true' },
      NODE_OPTIONS: `--import ${forbidding}`,
    });

  it('is loaded to predict, which shows that this would be noticed', async () => {
    const { exitCode, standardError } = await without('evaluate', '--model', at('model'), '--limit', '5');
    expect(exitCode).not.toBe(0);
    expect(standardError).toContain('loaded @tensorflow');
  });

  it('is not loaded to search, to pull, to verify or to look at keys', async () => {
    const five = at('five');
    for (const args of [
      ['search'],
      ['search', '--csv'],
      ['keys', 'show'],
      ['pull', 'ada/digits/5', '--lock', at('x.lock'), '--out', five],
      ['verify', five, '--recut'],
      ['publish', at('model'), 'ada/again@1.0.0'],
    ]) {
      const { exitCode, standardError } = await without(...args);
      expect(exitCode, standardError).toBe(0);
    }
  });
});
