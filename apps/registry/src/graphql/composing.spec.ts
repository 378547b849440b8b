import { beforeAll, describe, expect, it } from 'vitest';
import type { VersionRecord } from '../catalogue/catalogue.js';
import { sampleModel } from '../publish/testing/sample-model.js';
import { openWorkbench, publish, type Workbench } from '../publish/testing/workbench.js';
import { askingOf } from './testing/ask.js';

let bench: Workbench;
let ask: Awaited<ReturnType<typeof askingOf>>;
let version: VersionRecord;

beforeAll(async () => {
  bench = await openWorkbench();
  ask = await askingOf(bench);
  version = await publish(bench, sampleModel());
  await publish(bench, sampleModel({ seed: 2 }), { owner: 'bob', model: 'digits', version: '1.0.0' });
});

const problem = '... on Problem { code message nearest }';

describe('the price of a set of classes', () => {
  const price = `... on Price { parameters share weightsBytes marginal { class parameters sharedWithCart nearest { class } } } ${problem}`;

  it('is the same by reference, by id and by digest', async () => {
    const answer = (await ask(
      `query ($id: ID, $digest: String) {
        reference: price(reference: "ada/digits/zero,two@1.0.0") { ${price} }
        id: price(versionId: $id, classes: [0, 2]) { ${price} }
        digest: price(digest: $digest, classes: [0, 2], tau: 0.9) { ${price} }
      }`,
      { id: version.id, digest: version.digest },
    )) as Record<string, { parameters: number; share: number }>;
    expect(answer['reference']?.share).toBeGreaterThan(0);
    expect(answer['reference']?.share).toBeLessThan(1);
    expect(answer['id']).toEqual(answer['reference']);
    expect(answer['digest']).toEqual(answer['reference']);
  });

  it('names what one more class would add, for those asked for', async () => {
    const question = `{ price(reference: "ada/digits/zero", candidates: [1]) { ${price} } }`;
    expect(await ask(question)).toMatchObject({ price: { marginal: [{ class: 1, nearest: { class: 0 } }] } });
  });

  it.each([
    ['reference: "ada/digitz"', 'MODEL_UNKNOWN', 'ada/digits'],
    ['reference: "ada/digits/tow"', 'CLASS_UNKNOWN', 'two'],
    ['versionId: "none", classes: [0]', 'VERSION_UNKNOWN', null],
    ['reference: "ada/digits", classes: [7]', 'CLASS_UNKNOWN', null],
    ['reference: "ada/digits/zero", tau: 2', 'USAGE', null],
  ])('of %s is a problem', async (target, code, nearest) => {
    const { price: answer } = (await ask(`{ price(${target}) { ${price} } }`)) as {
      price: { nearest: string | null };
    };
    expect(answer).toMatchObject({ code });
    if (nearest !== null) expect(answer.nearest).toContain(nearest);
  });
});

describe('composing', () => {
  it('cuts, keeps and signs a set of classes, and its lineage leads back', async () => {
    const question = `mutation { compose(reference: "ada/digits/two,zero@1.0.0", tau: 0.5) {
      ... on Composition {
        id digest classes tau parentDigest reference weightsBytes files { path sizeBytes } version { id }
        lineage { nodes { digest version { reference } composition { id } } edges { from to role } }
      } ${problem}
    } }`;
    const { compose } = (await ask(question)) as { compose: Record<string, unknown> };
    expect(compose).toMatchObject({
      classes: [0, 2],
      tau: 0.5,
      parentDigest: version.digest,
      reference: 'ada/digits/zero,two@1.0.0',
      version: { id: version.id },
      lineage: { edges: [{ from: version.digest, to: compose['digest'], role: 'base' }] },
    });
    expect(await ask(question)).toEqual({ compose });
    const listed = `query ($id: ID) { version(id: $id) { compositions { edges { node { id } } } } }`;
    expect(await ask(listed, { id: version.id })).toEqual({
      version: { compositions: { edges: [{ node: { id: compose['id'] } }] } },
    });
  });

  it('of no class is a problem', async () => {
    expect(await ask(`mutation { compose(reference: "ada/digits") { ${problem} } }`)).toMatchObject({
      compose: { code: 'USAGE' },
    });
  });
});

describe('compatibility', () => {
  const verdict = `... on Verdict { kind reason differs nearest } ${problem}`;

  it('is exact within a model and needs calibration between two', async () => {
    const answer = await ask(`{
      same: compatibility(a: "ada/digits/zero", b: "ada/digits/one") { ${verdict} }
      other: compatibility(a: "ada/digits/zero", b: "bob/digits/one") { ${verdict} }
      unknown: compatibility(a: "ada/digits/zero", b: "sha256:${'0'.repeat(64)}") { ${verdict} }
    }`);
    expect(answer).toMatchObject({
      same: { kind: 'exact', differs: [] },
      other: { kind: 'calibrated' },
      unknown: { code: 'VERSION_UNKNOWN' },
    });
  });
});

describe('replacing a class', () => {
  it('is told step by step', async () => {
    const answer = await ask(`mutation { replace(weak: "ada/digits", strong: "bob/digits", class: "two") {
      ... on ReplacementPlan { verdict { kind } weakClass strongClass steps } ${problem}
    } }`);
    expect(answer).toMatchObject({ replace: { weakClass: 2, strongClass: 2 } });
    const { steps } = answer['replace'] as { steps: string[] };
    expect(steps.join('\n')).toContain('moda replace');
  });
});

describe('a download', () => {
  it('is a list of signed addresses, and counts once it is confirmed', async () => {
    const answer = (await ask(`{ download(reference: "ada/digits@1.0.0", include: weights) {
      ... on Download { digest packageText manifestText signature { keyId } files { path digest url supportsRanges } ticket } ${problem}
    } }`)) as { download: { ticket: string; files: { url: string }[] } };
    expect(answer.download).toMatchObject({
      digest: version.digest,
      signature: { keyId: bench.trust.own.keyId },
      files: [{ path: 'weights.safetensors', digest: version.weightsDigest, supportsRanges: true }],
    });
    expect(answer.download.files[0]?.url).toMatch(/\/blobs\/sha256:.*[?&]signature=[0-9a-f]{64}/);
    const confirm = `mutation ($ticket: String!, $client: ClientInput!) { confirmDownload(ticket: $ticket, client: $client) { ... on DownloadConfirmation { first } ${problem} } }`;
    const { ticket } = answer.download;
    const as = async (client: object) => (await ask(confirm, { ticket, client }))['confirmDownload'];
    expect(await as({ id: 'laptop' })).toEqual({ first: true });
    expect(await as({ id: 'laptop' })).toEqual({ first: false });
    expect(await as({ id: 'robot', ci: true })).toEqual({ first: false });
    expect(await ask('query ($id: ID) { version(id: $id) { uses { total } } }', { id: version.id })).toEqual({
      version: { uses: { total: 1 } },
    });
  });

  it('of classes has a derivation in place of a digest until it was cut', async () => {
    const answer = await ask(`{ download(reference: "ada/digits/one@1.0.0", tau: 0.7) {
      ... on Download { digest derivation { method parent classes tau } files { path digest url } } ${problem}
    } }`);
    expect(answer).toMatchObject({
      download: {
        digest: null,
        derivation: { method: 'cut/1', parent: version.digest, classes: [1], tau: 0.7 },
        files: expect.arrayContaining([
          { path: 'weights.safetensors', digest: null, url: expect.stringContaining('/derived/') as string },
        ]) as object[],
      },
    });
  });

  it('of nothing is a problem', async () => {
    expect(await ask(`{ download { ${problem} } }`)).toMatchObject({ download: { code: 'USAGE' } });
  });
});

describe('a reference', () => {
  it('means a version, classes and a threshold', async () => {
    const answer = await ask(
      `{ resolve(reference: "ada/digits/two,0") { ... on Resolved { classes tau version { reference } composition { id } } ${problem} } }`,
    );
    expect(answer).toEqual({
      resolve: { classes: [0, 2], tau: 0.9, version: { reference: 'ada/digits@1.0.0' }, composition: null },
    });
  });
});
