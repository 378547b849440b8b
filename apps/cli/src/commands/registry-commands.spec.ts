import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LockedPullOptions, PublishOptions, Pulled, SearchRequest } from '@moda/module-library';
import { createSigningKey } from '@moda/module-format';
import { ModaError } from '@moda/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fakes, moda, type Ran } from '../testing/fake-surroundings.js';
import { writeLogin } from '../login/login-file.js';
import type { Library, Machine } from '../surroundings.js';

let home: string;
beforeEach(async () => (home = await mkdtemp(join(tmpdir(), 'moda-cli-'))));
afterEach(() => rm(home, { recursive: true }));

/** Runs `moda` with a home of its own and parts of the library replaced. */
async function run(
  argv: readonly string[],
  library: Fakes['library'] = {},
  registry?: Machine['registry'],
): Promise<Ran> {
  const gateway = { configFolder: join(home, 'config') };
  const machine = { home, registry: registry ?? { keys: {}, ci: true }, gateway } as Machine;
  return moda(argv, { library, surroundings: { machine } });
}

const digest = `sha256:${'ab'.repeat(32)}`;
const pulled: Pulled = {
  reference: 'ada/digits',
  resolved: 'ada/digits@1.0.0',
  digest,
  derivation: undefined,
  files: [],
  signature: { state: 'trusted', keyId: '0123456789abcdef', name: 'Ada' },
  folder: 'digits',
  transferredBytes: 1234567,
  upToDate: false,
  warnings: [],
};

/** A client that notes what it is asked and finds one module. */
function searching(requests: SearchRequest[], next?: string): Pick<Library, 'RegistryClient'> {
  class Client {
    async searchModules(request: SearchRequest): Promise<unknown> {
      requests.push(request);
      return {
        modules: [
          {
            ...{ id: '1', reference: 'ada/digits/3@1.0.0', className: '3', classIndex: 3 },
            ...{ parameters: 15895, share: 0.25, flops: 370864, bytes: 64300, accuracy: 0.975 },
            version: {
              ...{ reference: 'ada/digits@1.0.0', architecture: 'lenet5', dataset: null, license: 'MIT' },
              ...{ input: { height: 28, width: 28, channels: 1 }, state: 'released' },
            },
          },
        ],
        next,
        totalEstimate: 1,
      };
    }
  }
  return { RegistryClient: Client as unknown as Library['RegistryClient'] };
}

describe('the token of the login', () => {
  /** What a registry is asked with: its address, and who asks. */
  async function seen(argv: readonly string[], address?: string): Promise<unknown[]> {
    const made: unknown[] = [];
    const { RegistryClient } = searching([]);
    class Noted extends (RegistryClient as unknown as new () => object) {
      constructor(...[named, , authorization]: unknown[]) {
        super();
        made.push(named, authorization);
      }
    }
    await run(
      argv,
      { RegistryClient: Noted as unknown as Library['RegistryClient'] },
      { address, keys: {}, ci: true },
    );
    return made;
  }
  const login = { gateway: 'https://moda.example.org', user: 'ada', role: 'viewer', token: 't1' };
  beforeEach(() => writeLogin(join(home, 'config'), login));

  it('goes to the registry beside the gateway, and to that of the environment', async () => {
    const beside = 'https://moda.example.org:4002';
    expect(await seen(['search', '--registry', beside])).toEqual([beside, 'Bearer t1']);
    const own = 'https://registry.example.org';
    expect(await seen(['search'], own)).toEqual([own, 'Bearer t1']);
  });

  it('goes nowhere else', async () => {
    const foreign = 'https://moda.example.com';
    expect(await seen(['search', '--registry', foreign])).toEqual([foreign, undefined]);
    expect(await seen(['search'])).toEqual(['http://127.0.0.1:4002', undefined]);
  });
});

describe('moda search', () => {
  it('asks for what was given, and draws what was found', async () => {
    const requests: SearchRequest[] = [];
    const { code, out } = await run(
      ['search', 'ca', '--dataset', 'cifar10', '--arch', 'vgg16', '--input', '32x32x3', '--license', 'MIT']
        .concat(['--min-accuracy', '0.9', '--max-bytes', '1000', '--max-flops', '5', '--text', 'street'])
        .concat(['--order', 'smallest', '--first', '5', '--after', 'x']),
      searching(requests, 'cursor'),
    );
    expect(code).toBe(0);
    expect(requests).toEqual([
      {
        criteria: {
          ...{ className: 'ca', dataset: 'cifar10', architecture: 'vgg16', license: 'MIT', text: 'street' },
          ...{ input: { height: 32, width: 32, channels: 3 }, minAccuracy: 0.9, maxBytes: 1000, maxFlops: 5 },
        },
        ...{ order: 'smallest', first: 5, after: 'x' },
      },
    ]);
    expect(out).toBe(
      [
        'module              architecture  data set  licence  accuracy %  parameters   bytes    FLOPs',
        '──────────────────  ────────────  ────────  ───────  ──────────  ──────────  ──────  ───────',
        'ada/digits/3@1.0.0  lenet5        –         MIT            97.5      15,895  64,300  370,864',
        '',
        'More with --after cursor',
        '',
      ].join('\n'),
    );
  });

  it('takes everything, the newest first, unless told otherwise; as CSV too', async () => {
    const requests: SearchRequest[] = [];
    const { out } = await run(['search', '--csv'], searching(requests));
    expect(requests[0]).toMatchObject({ criteria: {}, order: 'newest', first: 20 });
    expect(out).toBe(
      'module,architecture,dataset,license,accuracy,parameters,bytes,flops\n' +
        'ada/digits/3@1.0.0,lenet5,,MIT,0.975,15895,64300,370864\n',
    );
  });

  it.each([
    [['--min-accuracy', '2'], '--min-accuracy has to be a number from 0 to 1, not "2"'],
    [['--min-accuracy', ''], '--min-accuracy has to be a number from 0 to 1, not ""'],
    [['--max-bytes', '-1'], '--max-bytes has to be a whole number, 0 or more, not -1'],
    [['--first', '101'], '--first has to be a whole number from 1 to 100, not 101'],
    [['--order', 'best'], '--order has to be one of newest, smallest, fastest, mostAccurate, mostUsed'],
    [['--input', 'large'], '--input has to be a size such as 32x32x3'],
    [
      ['--registry', 'nowhere'],
      '"nowhere" is no address of a registry; give one as in http://127.0.0.1:4002',
    ],
  ])('refuses %j', async (args, sentence) => {
    const { code, err } = await run(['search', ...args]);
    expect([code, err]).toEqual([2, expect.stringContaining(`moda: ${sentence}`)]);
  });

  it('says where it looked for a registry', async () => {
    const { code, err } = await run(['search'], {}, { address: 'http://127.0.0.1:9', keys: {}, ci: true });
    expect(code).toBe(1);
    expect(err).toBe(
      'moda: No registry answers at http://127.0.0.1:9; start one with npx moda-registry or set MODA_REGISTRY. [REGISTRY_UNREACHABLE]\n',
    );
  });
});

describe('moda publish', () => {
  const published = {
    ...{ reference: 'ada/digits@1.0.0', digest, created: true, license: 'MIT', signedBy: 'cafe' },
    ...{ alias: undefined, files: 3, sizeBytes: 12, uploadedBytes: 12 },
  };
  const publishing = (seen: PublishOptions[]): Fakes['library'] => ({
    publishFolder: async (options) => {
      seen.push(options);
      return published;
    },
  });

  it('signs with the own key, made when there is none', async () => {
    const seen: PublishOptions[] = [];
    const options = ['--license', 'MIT', '--description', 'Digits', '--alias', 'champion'];
    const { code, out } = await run(['publish', 'model', 'ada/digits@1.0.0', ...options], publishing(seen));
    expect(code).toBe(0);
    expect(seen[0]).toMatchObject({
      ...{ folder: 'model', reference: 'ada/digits@1.0.0', license: 'MIT' },
      ...{ description: 'Digits', alias: 'champion' },
    });
    const { out: keys } = await run(['keys', 'show', '--json']);
    expect((JSON.parse(keys) as { own: string }).own).toBe(seen[0]?.signingKey?.keyId);
    expect(out).toContain('licence     MIT\nsigned by   cafe\n');
  });

  it('does not sign where it should not', async () => {
    const seen: PublishOptions[] = [];
    await run(['publish', 'model', 'ada/digits@1.0.0', '--unsigned'], publishing(seen));
    expect(seen[0]?.signingKey).toBeUndefined();
  });

  it('fails, not misused, where the version is taken', async () => {
    const publishFolder = () => Promise.reject(new ModaError('VERSION_TAKEN', 'It is taken.'));
    const { code, err } = await run(['publish', 'model', 'ada/digits@1.0.0'], { publishFolder });
    expect([code, err]).toEqual([1, 'moda: It is taken. [VERSION_TAKEN]\n']);
  });
});

describe('moda pull', () => {
  const pulling = (seen: LockedPullOptions[], result: Pulled = pulled): Fakes['library'] => ({
    pullReference: async (options) => {
      seen.push(options);
      return [result];
    },
  });

  it('pulls into a folder, with the keys and the cache of this installation', async () => {
    const seen: LockedPullOptions[] = [];
    const options = ['--tau', '0.8', '--out', 'there', '--lock', 'my.lock', '--frozen', '--connections', '2'];
    const { code, out } = await run(['pull', 'ada/digits/3', ...options], pulling(seen));
    expect(code).toBe(0);
    expect(seen[0]).toMatchObject({
      ...{ reference: 'ada/digits/3', tau: 0.8, folder: 'there', lockFile: 'my.lock', frozen: true },
      ...{ connections: 2, signatures: { trusted: [], allowUnsigned: false } },
      as: { ci: true, id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown },
    });
    expect(out).toBe(
      [
        'pulled          ada/digits@1.0.0',
        'folder          digits',
        `digest          ${digest}`,
        'signed by       Ada (0123456789abcdef)',
        'bytes received  1,234,567',
        '',
      ].join('\n'),
    );
  });

  it('without a reference is about the lock file, under one name', async () => {
    const seen: LockedPullOptions[] = [];
    await run(['pull'], pulling(seen));
    await run(['pull'], pulling(seen));
    expect(seen[0]).toMatchObject({ reference: undefined, lockFile: 'moda.lock', frozen: false });
    expect(seen[1]?.as).toEqual(seen[0]?.as);
  });

  it.each([['--out'], ['--tau']])('needs a reference for %s', async (option) => {
    const { code, err } = await run(['pull', option, '0.5']);
    expect(code).toBe(2);
    expect(err).toContain(`${option} needs a reference, as in owner/model/class@version`);
  });

  it('allows packages that nobody signed when told so, here or by the environment', async () => {
    const seen: LockedPullOptions[] = [];
    const unsigned = { ...pulled, signature: { state: 'unsigned' } } as const;
    const { out } = await run(['pull', 'ada/digits', '--allow-unsigned'], pulling(seen, unsigned));
    await run(['pull', 'ada/digits'], pulling(seen), { keys: { MODA_ALLOW_UNSIGNED: 'true' }, ci: false });
    expect(seen.map(({ signatures }) => signatures.allowUnsigned)).toEqual([true, true]);
    expect(out).toContain('signed by       nobody');
  });

  it('warns aloud, once', async () => {
    const { err } = await run(['pull', 'x/y'], pulling([], { ...pulled, warnings: ['x/y is yanked: no'] }));
    expect(err).toBe('moda: WARNING: x/y is yanked: no\n');
  });

  it('shows how far it is, a small file too', async () => {
    const pullReference: Library['pullReference'] = async ({ onProgress }) => {
      onProgress?.({ doneBytes: 0, totalBytes: 1000 });
      onProgress?.({ doneBytes: 1000, totalBytes: 1000 });
      return [pulled];
    };
    const { err } = await run(['pull', 'ada/digits'], { pullReference });
    expect(err).toBe('download: 0/0.1 MiB\ndownload: 0.1/0.1 MiB  took 0 s\n');
  });
});

describe('moda verify', () => {
  it('fails where anything is wrong, and says what', async () => {
    const { code, err } = await run(['verify', home]);
    expect(code).toBe(1);
    expect(err).toBe(
      `moda: There is no ${join(home, 'package.moda.json')}; only folders that were pulled can be verified. [VERIFICATION_FAILED]\n`,
    );
  });
});

describe('moda keys', () => {
  it('are made once, shown, and trusted', async () => {
    expect((await run(['keys', 'show'])).out).toBe('There is no signing key yet; moda keys new makes one.\n');
    const made = await run(['keys', 'new', '--json']);
    const { keyId, publicKey } = JSON.parse(made.out) as { keyId: string; publicKey: string };
    expect(made.out).not.toContain('private');
    expect((await run(['keys', 'new'])).err).toContain('[SIGNING_KEY_EXISTS]');

    const other = createSigningKey();
    expect((await run(['keys', 'trust', other.publicKey, '--name', 'Ada'])).code).toBe(0);
    const { out } = await run(['keys', 'show', '--csv']);
    expect(out).toBe(
      `keyId,name,publicKey\n${keyId},this machine,${publicKey}\n${other.keyId},Ada,${other.publicKey}\n`,
    );
    expect((await run(['keys', 'show'])).out).toContain(`Packages are signed with ${keyId}.`);
  });

  it('that are none are refused', async () => {
    const { code, err } = await run(['keys', 'trust', 'ed25519:AAAA']);
    expect([code, err]).toEqual([2, expect.stringContaining('[SIGNING_KEY_INVALID]')]);
    expect((await run(['keys', 'trust'])).err).toContain('KEY is missing; give it a public key');
  });
});
