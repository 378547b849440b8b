import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf } from '@moda/blob-store';
import { cutWeights, derivedPackage, planCut } from '@moda/moda/surgery';
import {
  createSigningKey,
  packageDigest,
  parseSigningKey,
  readSafetensorsHeader,
  type SigningKey,
} from '@moda/module-format';
import { parseArchitecture } from '@moda/nn/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SampleModel, sampleModel } from './publish/testing/sample-model.js';
import { publishOver, type Wire, wireTo } from './testing/over-the-wire.js';
import { type RegistryProcess, startRegistry } from './testing/registry-process.js';

let home: string;
let registry: RegistryProcess;
let wire: Wire;
let key: SigningKey;

const classes = ['cat', 'dog', 'owl', 'newt'];
const animals = sampleModel({ seed: 1, classes, manifest: { name: 'Animals' } });
const weightsOf = ({ files }: SampleModel) => files.get('weights.safetensors')!;
const onLinux = process.platform === 'linux';
const problem = '... on Problem { code message nearest }';

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'moda-registry-'));
  registry = await startRegistry({ MODA_HOME: home });
  wire = wireTo(registry.url);
  key = parseSigningKey(JSON.parse(await readFile(join(home, 'keys', 'signing-key.json'), 'utf8')));
  await publish(animals, 'ada/animals@1.0.0');
});

afterAll(async () => {
  registry.kill('SIGTERM');
  await registry.ended;
  await rm(home, { recursive: true, force: true });
});

function publish(model: SampleModel, reference: string, signedWith: SigningKey | 'nobody' = key) {
  const [owner = '', rest = ''] = reference.split('/');
  const [name = '', version = ''] = rest.split('@');
  return publishOver(
    wire,
    model,
    { owner, model: name, version },
    signedWith === 'nobody' ? undefined : signedWith,
  );
}

async function download(arguments_: string): Promise<DownloadAnswer> {
  const answer = await wire.ask<{ download: DownloadAnswer }>(
    `{ download(${arguments_}) { ... on Download { digest ticket manifestText files { path digest sizeBytes url } } ${problem} } }`,
  );
  return answer.download;
}

interface DownloadAnswer {
  readonly code?: string;
  readonly digest: string | null;
  readonly ticket: string;
  readonly manifestText: string;
  readonly files: readonly { path: string; digest: string | null; sizeBytes: number; url: string }[];
}

async function bytesAt(url: string, range?: string): Promise<Buffer> {
  const response = await fetch(url, { headers: range === undefined ? {} : { range } });
  if (!response.ok) throw new Error(await response.text());
  return Buffer.from(await response.arrayBuffer());
}

describe('a published model', () => {
  it('is there once, however often it is published', async () => {
    expect(await publish(animals, 'ada/animals@1.0.0')).toEqual({
      __typename: 'ModelVersion',
      reference: 'ada/animals@1.0.0',
    });
  });

  it('is found by its class, and priced before any byte moves', async () => {
    const answer = await wire.ask(`{
      searchModules(criteria: { className: "owl", dataset: "digits", license: "Apache-2.0", input: { height: 16, width: 16, channels: 1 } }) {
        edges { node { reference bytes parameters } }
      }
      price(reference: "ada/animals/cat,owl", candidates: [1]) {
        ... on Price { parameters weightsBytes marginal { class weightsBytes sharedWithCart } } ${problem}
      }
      compatibility(a: "ada/animals/cat", b: "ada/animals/owl") { ... on Verdict { kind reason } ${problem} }
    }`);
    expect(answer).toMatchObject({
      searchModules: { edges: [{ node: { reference: 'ada/animals/owl@1.0.0' } }] },
      price: { marginal: [{ class: 1 }] },
      compatibility: { kind: 'exact' },
    });
  });

  it('is downloaded whole and in ranges, to the byte', async () => {
    const { files, digest } = await download('reference: "ada/animals"');
    expect(digest).toBe(animals.digest);
    for (const { path, url, sizeBytes, digest: announced } of files) {
      const half = Math.floor(sizeBytes / 2);
      const parts = await Promise.all([bytesAt(url, `bytes=0-${half - 1}`), bytesAt(url, `bytes=${half}-`)]);
      expect(digestOf(Buffer.concat(parts))).toBe(announced);
      expect(Buffer.compare(await bytesAt(url), animals.files.get(path)!)).toBe(0);
    }
    expect(files.map(({ path }) => path).sort()).toEqual([...animals.files.keys()].sort());
  });

  it('is not taken unsigned, nor from a key that nobody trusts', async () => {
    const other = sampleModel({ seed: 2, classes });
    expect(await publish(other, 'eve/animals@1.0.0', 'nobody')).toMatchObject({ code: 'SIGNATURE_MISSING' });
    const stranger = await publish(other, 'eve/animals@1.0.0', createSigningKey());
    expect(stranger).toMatchObject({ code: 'SIGNATURE_UNKNOWN_KEY' });
  });
});

describe('some of its classes', () => {
  it('are cut here as anywhere: the same bytes, the same digest', async () => {
    const tau = 0.8;
    const chosen = [0, 2];
    const cold = await download(`reference: "ada/animals/owl,cat@1.0.0", tau: ${tau}`);
    expect(cold.digest).toBeNull();
    const file = cold.files.find(({ path }) => path === 'weights.safetensors');
    const range = await bytesAt(file!.url, 'bytes=1000-1999');
    const whole = await bytesAt(file!.url);

    const plan = planCut(
      {
        manifest: animals.manifest,
        architecture: parseArchitecture(animals.manifest.architecture),
        rates: animals.rates,
        weights: readSafetensorsHeader(weightsOf(animals)),
        digest: animals.digest,
        ratesDigest: digestOf(animals.files.get('rates.safetensors')!),
      },
      { classes: chosen, tau },
    );
    const pieces: Uint8Array[] = [];
    const read = async (start: number, end: number) => weightsOf(animals).slice(start, end);
    for await (const piece of cutWeights(plan, read)) pieces.push(piece.slice());
    const local = Buffer.concat(pieces);
    expect(Buffer.compare(whole, local)).toBe(0);
    expect(Buffer.compare(range, local.subarray(1000, 2000))).toBe(0);
    expect(cold.manifestText).toBe(plan.manifestText);

    const { compose } = await wire.ask<{ compose: { digest: string } }>(
      `mutation { compose(reference: "ada/animals/cat,owl@1.0.0", tau: ${tau}) { ... on Composition { digest } ${problem} } }`,
    );
    expect(compose.digest).toBe(packageDigest(derivedPackage(plan, { digest: digestOf(local) })));
    const warm = await download(`digest: "${compose.digest}"`);
    expect(warm.digest).toBe(compose.digest);
    const stored = warm.files.find(({ path }) => path === 'weights.safetensors');
    expect(Buffer.compare(await bytesAt(stored!.url), local)).toBe(0);
  });

  it('know where they come from, and the model what came from it', async () => {
    const repaired = sampleModel({
      seed: 3,
      classes,
      manifest: {
        kind: 'repaired',
        derivedFrom: [
          { role: 'weak', digest: animals.digest },
          { role: 'strong', digest: `sha256:${'5'.repeat(64)}` },
        ],
      },
    });
    await publish(repaired, 'ada/repaired@1.0.0');
    const question = `query ($digest: String!) { lineage(digest: $digest) { nodes { digest version { reference } composition { reference } } edges { from to role } } }`;
    const up = await wire.ask<{ lineage: LineageAnswer }>(question, { digest: repaired.digest });
    expect(up.lineage.edges).toContainEqual({ from: animals.digest, to: repaired.digest, role: 'weak' });
    expect(up.lineage.nodes).toContainEqual({
      digest: `sha256:${'5'.repeat(64)}`,
      version: null,
      composition: null,
    });
    const down = await wire.ask<{ lineage: LineageAnswer }>(question, { digest: animals.digest });
    expect(down.lineage.edges).toContainEqual({ from: animals.digest, to: repaired.digest, role: 'weak' });
    expect(down.lineage.nodes.map(({ composition }) => composition?.reference)).toContain(
      'ada/animals/cat,owl@1.0.0',
    );
  });

  interface LineageAnswer {
    readonly nodes: readonly { digest: string; composition: { reference: string } | null }[];
    readonly edges: readonly object[];
  }
});

describe('versions and their names', () => {
  it('follow each other: latest moves by itself, others by hand, and history is kept', async () => {
    await publish(sampleModel({ seed: 11 }), 'bob/line@1.0.0');
    await publish(sampleModel({ seed: 12 }), 'bob/line@1.1.0');
    await publish(sampleModel({ seed: 13 }), 'bob/line@2.0.0-beta.1');
    const move = (to: string) =>
      wire.ask(
        `mutation { moveAlias(owner: "bob", model: "line", alias: "champion", to: "${to}", reason: "better") { ... on Alias { version } ${problem} } }`,
      );
    expect(await move('1.0.0')).toEqual({ moveAlias: { version: '1.0.0' } });
    expect(await move('1.1.0')).toEqual({ moveAlias: { version: '1.1.0' } });
    expect(await move('1.2.0')).toMatchObject({ moveAlias: { code: 'VERSION_UNKNOWN' } });
    const answer = await wire.ask(`{ model(owner: "bob", name: "line") {
      latest { version } aliasHistory(alias: "champion") { from to reason }
    } resolve(reference: "bob/line@champion") { ... on Resolved { version { version } } ${problem} } }`);
    expect(answer).toEqual({
      model: {
        latest: { version: '1.1.0' },
        aliasHistory: [
          { from: '1.0.0', to: '1.1.0', reason: 'better' },
          { from: null, to: '1.0.0', reason: 'better' },
        ],
      },
      resolve: { version: { version: '1.1.0' } },
    });
  });

  it('are withdrawn with a message: not found any more, still there by digest', async () => {
    const model = sampleModel({ seed: 14, classes: ['phoenix', 'griffin'] });
    const { version } = await publish(model, 'bob/withdrawn@1.0.0');
    const search = '{ searchModules(criteria: { className: "phoenix" }) { totalEstimate } }';
    expect(await wire.ask(search)).toEqual({ searchModules: { totalEstimate: 1 } });
    const change = (verb: string) =>
      wire.ask(
        `mutation ($id: ID!) { ${verb}(versionId: $id, message: "Trained on the test set.") { ... on ModelVersion { state stateMessage } } }`,
        { id: version?.id },
      );
    expect(await change('deprecate')).toEqual({
      deprecate: { state: 'deprecated', stateMessage: 'Trained on the test set.' },
    });
    await change('yank');
    expect(await wire.ask(search)).toEqual({ searchModules: { totalEstimate: 0 } });
    expect((await download(`digest: "${model.digest}"`)).digest).toBe(model.digest);
    await wire.ask('mutation ($id: ID!) { restore(versionId: $id) { __typename } }', { id: version?.id });
    expect(await wire.ask(search)).toEqual({ searchModules: { totalEstimate: 1 } });
  });

  it('are given to one of two writers; the other is told who has it', async () => {
    const models = [sampleModel({ seed: 21 }), sampleModel({ seed: 22 })];
    const outcomes = await Promise.all(models.map((model) => publish(model, 'bob/race@1.0.0')));
    const winner = outcomes.findIndex(({ __typename }) => __typename === 'Release');
    const loser = outcomes[1 - winner];
    expect(outcomes[winner]).toMatchObject({ created: true, version: { digest: models[winner]?.digest } });
    expect(loser).toMatchObject({ __typename: 'Problem', code: 'VERSION_TAKEN' });
    expect(JSON.stringify(loser?.details)).toContain(models[winner]?.digest);
  });
});

describe('a use', () => {
  it('is counted once a client, and not for test machines', async () => {
    const { ticket } = await download('reference: "ada/animals/dog", include: weights');
    const confirm = (client: object) =>
      wire.ask(
        'mutation ($ticket: String!, $client: ClientInput!) { confirmDownload(ticket: $ticket, client: $client) { ... on DownloadConfirmation { first } ... on Problem { code } } }',
        { ticket, client },
      );
    expect(await confirm({ id: 'laptop' })).toEqual({ confirmDownload: { first: true } });
    expect(await confirm({ id: 'laptop' })).toEqual({ confirmDownload: { first: false } });
    expect(await confirm({ id: 'robot', ci: true })).toEqual({ confirmDownload: { first: false } });
    const forged = `${ticket.slice(0, -2)}xx`;
    expect(
      await wire.ask(
        'mutation ($t: String!) { confirmDownload(ticket: $t, client: { id: "eve" }) { ... on Problem { code } } }',
        { t: forged },
      ),
    ).toMatchObject({ confirmDownload: { code: expect.any(String) as string } });
    const { version } = await wire.ask<{ version: object }>(
      '{ version(owner: "ada", model: "animals") { uses { total last30Days } } }',
    );
    expect(version).toEqual({ uses: { total: 1, last30Days: 1 } });
  });
});

describe('what is hostile', () => {
  const nul = '\u0000';
  const references = [
    '',
    '/',
    '../../etc/passwd',
    'ada/animals@',
    `ada/animals@${'9'.repeat(5000)}.0.0`,
    `ada/animals/${'cat,'.repeat(20_000)}cat`,
    `ada/animals/${nul}`,
    `ada${nul}/animals`,
    "ada/animals'; drop table versions; --",
    'ada/animals/%00',
    'ada/animals/\ud800',
    'ada/animals/cat@latest@1.0.0',
  ];

  it.each(references.map((reference) => [reference.slice(0, 40), reference]))(
    'reference %j is a problem, not an accident',
    async (_shown, reference) => {
      const answer = await wire.ask<Record<string, { code: string; message: string }>>(
        `query ($r: String!) {
          resolve(reference: $r) { ... on Problem { code message } }
          download(reference: $r) { ... on Problem { code message } }
          price(reference: $r) { ... on Problem { code message } }
          compatibility(a: $r, b: $r) { ... on Problem { code message } }
        }`,
        { r: reference },
      );
      for (const { code, message } of Object.values(answer)) {
        expect(code).toMatch(/^[A-Z_]+$/);
        expect(code).not.toBe('UNEXPECTED');
        expect(message.length).toBeLessThan(500);
      }
    },
  );

  it.each([
    ['a cursor from elsewhere', '{ searchModules(after: "bm9uc2Vuc2U") { totalEstimate } }'],
    ['a cursor of another list', '{ models(after: "\\u0000") { totalEstimate } }'],
    [
      'words of all kinds',
      `{ searchModules(criteria: { text: "a & | ! ' :* ) ( \\u0000", className: "%_\\\\" }) { totalEstimate } }`,
    ],
    [
      'numbers beyond all bounds',
      '{ searchModules(criteria: { minAccuracy: 1e308, maxBytes: 9007199254740991, input: { height: -1, width: 2147483647 } }) { totalEstimate } }',
    ],
    [
      'an id that is none',
      `{ module(id: "\\u0000") { id } version(id: "'") { id } composition(id: "../x") { id } lineage(digest: "sha256:xyz") { nodes { digest } } }`,
    ],
    [
      'names that are none',
      '{ model(owner: "\\u0000", name: "") { id } version(owner: "A", model: "\\u0000", selector: "\\u0000") { id } }',
    ],
    [
      'classes that are none',
      '{ price(reference: "ada/animals", classes: [-1, 2147483647, 0, 0], tau: 0.5) { ... on Problem { code } } }',
    ],
    [
      'a threshold that is none',
      '{ price(reference: "ada/animals/cat", tau: -0.5) { ... on Problem { code } } }',
    ],
    [
      'an entity that is none',
      '{ _entities(representations: [{ __typename: "__proto__" }, { __typename: "Module", id: "x" }, {}]) { __typename } }',
    ],
    [
      'a user that is none',
      'mutation { moveAlias(owner: "ada", model: "animals", alias: "\\u0000", to: "\\u0000") { ... on Problem { code } } }',
    ],
    [
      'an announcement of nonsense',
      'mutation { announceVersion(input: { owner: "ada", model: "x", version: "1.0.0", package: "[[[[[[" }) { ... on Problem { code } } }',
    ],
    [
      'a draft that is none',
      `mutation { releaseVersion(draftId: "\\u0000'") { ... on Problem { code } } abandonDraft(draftId: "\\u0000") }`,
    ],
    [
      'a ticket that is none',
      'mutation { confirmDownload(ticket: "....", client: { id: "\\u0000" }) { ... on Problem { code } } }',
    ],
  ])('%s is answered without an accident', async (_what, query) => {
    const { status, body } = await wire.post(JSON.stringify({ query }));
    expect(status).toBeLessThan(500);
    expect(JSON.stringify(body)).not.toContain('UNEXPECTED');
  });

  it.each([
    ['/blobs/..%2f..%2furl-secret?expires=9999999999&signature=00', 403],
    ['/blobs/sha256:00', 403],
    ['/derived/%00/weights.safetensors?expires=1&expires=2&signature[]=x', 403],
    ['/uploads/a/b', 404],
    ['/nowhere/%E0%A4%A', 404],
    ['/blobs/%E0%A4%A', 400],
  ])('the path %s opens nothing', async (path, status) => {
    const response = await fetch(`${registry.url}${path}`);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { traceId: expect.any(String) as string } });
  });

  it('questions that are too long or too deep are refused', async () => {
    const long = await wire.post(
      JSON.stringify({ query: `{ facets { classes { value } } } # ${'x'.repeat(2 ** 21)}` }),
    );
    expect(long.status).toBe(413);
    const deep = `{ model(owner: "a", name: "b") { ${'latest { model { '.repeat(20)} id ${'} }'.repeat(20)} } }`;
    expect((await wire.post(JSON.stringify({ query: deep }))).body).toMatchObject({
      errors: [{ extensions: { code: 'REQUEST_TOO_COMPLEX' } }],
    });
  });

  it('leaves the registry well, small and without TensorFlow', async () => {
    expect((await fetch(`${registry.url}/readyz`)).status).toBe(200);
    if (!onLinux) return;
    const status = await readFile(`/proc/${registry.pid}/status`, 'utf8');
    expect(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1])).toBeLessThan(600 * 1024);
    expect(await readFile(`/proc/${registry.pid}/maps`, 'utf8')).not.toMatch(/tensorflow/i);
  });
});
