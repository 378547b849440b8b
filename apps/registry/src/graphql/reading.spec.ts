import { beforeAll, describe, expect, it } from 'vitest';
import type { VersionRecord } from '../catalogue/catalogue.js';
import { sampleModel } from '../publish/testing/sample-model.js';
import { openWorkbench, publish, type Workbench } from '../publish/testing/workbench.js';
import { askingOf } from './testing/ask.js';

let bench: Workbench;
let ask: Awaited<ReturnType<typeof askingOf>>;
let first: VersionRecord;

beforeAll(async () => {
  bench = await openWorkbench();
  ask = await askingOf(bench);
  first = await publish(bench, sampleModel({ seed: 1, classes: ['cat', 'dog', 'owl'] }), {
    owner: 'ada',
    model: 'animals',
    version: '1.0.0',
  });
  await publish(bench, sampleModel({ seed: 2, classes: ['cat', 'dog', 'owl'] }), {
    owner: 'ada',
    model: 'animals',
    version: '1.1.0',
  });
  await publish(bench, sampleModel({ seed: 3 }), { owner: 'bob', model: 'digits', version: '2.0.0' });
});

describe('searching', () => {
  it('finds modules by their class, in pages that end', async () => {
    const question = `query ($after: String) {
      searchModules(criteria: { className: "cat", everyVersion: true, license: null }, first: 1, after: $after) {
        totalEstimate edges { cursor node { reference className version { version } } } pageInfo { hasNextPage endCursor }
      }
    }`;
    const { searchModules: page } = (await ask(question)) as { searchModules: Page<{ reference: string }> };
    expect(page).toMatchObject({ totalEstimate: 2, pageInfo: { hasNextPage: true } });
    const { searchModules: next } = (await ask(question, { after: page.pageInfo.endCursor })) as {
      searchModules: Page<{ reference: string }>;
    };
    expect(next.pageInfo.hasNextPage).toBe(false);
    expect([...page.edges, ...next.edges].map(({ node }) => node.reference).sort()).toEqual([
      'ada/animals/cat@1.0.0',
      'ada/animals/cat@1.1.0',
    ]);
  });

  it('finds whole models, only the newest of each', async () => {
    const question = `{ searchModels(criteria: { architecture: "lenet5", input: { height: 16, width: 16 } }) { edges { node { reference } } } }`;
    const { searchModels } = (await ask(question)) as { searchModels: Page<{ reference: string }> };
    expect(searchModels.edges.map(({ node }) => node.reference).sort()).toEqual([
      'ada/animals@1.1.0',
      'bob/digits@2.0.0',
    ]);
  });

  it('says what there is to search for', async () => {
    const answer = await ask(
      '{ facets { classes { value count } datasets { value } licenses { value } architectures { value } } }',
    );
    expect(answer['facets']).toMatchObject({
      datasets: [{ value: 'digits' }],
      licenses: [{ value: 'Apache-2.0' }],
      architectures: [{ value: 'lenet5' }],
    });
  });

  it.each([0, 101])('refuses a page of %d', async (size) => {
    await expect(ask(`{ searchModules(first: ${size}) { totalEstimate } }`)).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      message: `A page cannot have ${size} entries; ask for 1 to 100.`,
    });
  });
});

describe('a version', () => {
  const fields = '{ reference digest }';

  it('is found by id, by digest, by its number, by an alias and as the latest', async () => {
    const answer = await ask(
      `query ($id: ID, $digest: String) {
        id: version(id: $id) ${fields}
        digest: version(digest: $digest) ${fields}
        number: version(owner: "ada", model: "animals", selector: "1.0.0") ${fields}
        alias: version(owner: "ada", model: "animals", selector: "latest") { reference }
        latest: version(owner: "ada", model: "animals") { reference }
        nothing: version(owner: "ada", model: "animals", selector: "9.9.9") { reference }
        nobody: version { reference }
      }`,
      { id: first.id, digest: first.digest },
    );
    const expected = { reference: 'ada/animals@1.0.0', digest: first.digest };
    expect(answer).toEqual({
      id: expected,
      digest: expected,
      number: expected,
      alias: { reference: 'ada/animals@1.1.0' },
      latest: { reference: 'ada/animals@1.1.0' },
      nothing: null,
      nobody: null,
    });
  });

  it('tells its facts, its files and its modules', async () => {
    const { version } = (await ask(
      `query ($id: ID) { version(id: $id) {
        version state architecture dataset license tau accuracy signedBy publishedBy publishedAt
        input { height width channels } classes { index name sourceLabel } files { path sizeBytes }
        modules { className classIndex parameters share accuracy } model { id } run { id } uses { total last30Days }
      } }`,
      { id: first.id },
    )) as { version: Record<string, unknown> };
    expect(version).toMatchObject({
      version: '1.0.0',
      state: 'released',
      architecture: 'lenet5',
      dataset: 'digits',
      license: 'Apache-2.0',
      tau: 0.9,
      accuracy: 0.9,
      signedBy: bench.trust.own.keyId,
      publishedBy: 'ada',
      publishedAt: '2026-03-01T12:00:00.000Z',
      input: { height: 16, width: 16, channels: 1 },
      model: { id: 'ada/animals' },
      run: null,
      uses: { total: 0, last30Days: 0 },
    });
    expect(version['classes']).toContainEqual({ index: 1, name: 'dog', sourceLabel: 1 });
    expect(version['modules']).toHaveLength(3);
    expect((version['modules'] as object[])[0]).toMatchObject({
      className: 'cat',
      classIndex: 0,
      accuracy: 0.95,
    });
    expect((version['files'] as { path: string }[]).map(({ path }) => path)).toContain('weights.safetensors');
  });

  it('has a card made from its manifest', async () => {
    const { version } = (await ask(
      `query ($id: ID) { version(id: $id) { card { markdown license metrics { name value } dataset training } } }`,
      { id: first.id },
    )) as { version: { card: { markdown: string } } };
    expect(version.card).toMatchObject({
      license: 'Apache-2.0',
      metrics: [
        { name: 'accuracy', value: 0.9 },
        { name: 'accuracy:0', value: 0.95 },
      ],
      dataset: { name: 'digits' },
      training: null,
    });
    expect(version.card.markdown).toMatch(/^---\n"?license"?: Apache-2\.0/);
    expect(version.card.markdown).toContain('| 1 | dog |');
  });
});

describe('a model', () => {
  it('lists its versions, the highest first, and its aliases', async () => {
    const { model } = await ask(`{ model(owner: "ada", name: "animals") {
      id owner name latest { version } versions { totalEstimate edges { node { version } } } aliases { alias version }
      aliasHistory(alias: "latest") { from to by }
      aliasAt(alias: "latest", at: "2000-01-01T00:00:00Z") { version }
    } }`);
    expect(model).toMatchObject({
      id: 'ada/animals',
      owner: 'ada',
      name: 'animals',
      latest: { version: '1.1.0' },
      versions: { totalEstimate: 2, edges: [{ node: { version: '1.1.0' } }, { node: { version: '1.0.0' } }] },
      aliases: [{ alias: 'latest', version: '1.1.0' }],
      aliasHistory: [
        { from: '1.0.0', to: '1.1.0', by: 'ada' },
        { from: null, to: '1.0.0', by: 'ada' },
      ],
      aliasAt: null,
    });
  });

  it('is there only where a version of it is released', async () => {
    const answer = await ask(
      `{ model(owner: "ada", name: "plants") { id } models(owner: "bob") { edges { node { id } } } }`,
    );
    expect(answer).toEqual({ model: null, models: { edges: [{ node: { id: 'bob/digits' } }] } });
  });
});

describe('other services', () => {
  it('find every entity by its key, null where there is none', async () => {
    const [module] = await bench.catalogue.modulesOf(first.id);
    const composition = await bench.composer.note(first, [0, 1], 0.9);
    const { id } = composition as { id: string };
    const question = `query ($keys: [_Any!]!) { _entities(representations: $keys) {
      __typename
      ... on Model { name }
      ... on ModelVersion { number: version }
      ... on Module { className version { version } }
      ... on Composition { reference version { version } }
      ... on Run { id versions { reference } }
    } }`;
    const keys = [
      { __typename: 'Model', id: 'ada/animals' },
      { __typename: 'ModelVersion', id: first.id },
      { __typename: 'Module', id: module?.id },
      { __typename: 'Composition', id },
      { __typename: 'Run', id: 'run-7' },
      { __typename: 'Model', id: 'ada/animals/cat' },
      { __typename: 'ModelVersion', id: 'none' },
    ];
    expect((await ask(question, { keys }))['_entities']).toEqual([
      { __typename: 'Model', name: 'animals' },
      { __typename: 'ModelVersion', number: '1.0.0' },
      { __typename: 'Module', className: 'cat', version: { version: '1.0.0' } },
      { __typename: 'Composition', reference: 'ada/animals/cat,dog@1.0.0', version: { version: '1.0.0' } },
      { __typename: 'Run', id: 'run-7', versions: [] },
      null,
      null,
    ]);
  });

  it('are told that a key is a text', async () => {
    const question = '{ _entities(representations: [{ __typename: "Module", id: 7 }]) { __typename } }';
    await expect(ask(question)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });
});

interface Page<Node> {
  readonly totalEstimate: number;
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
