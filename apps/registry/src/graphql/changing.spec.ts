import { beforeAll, describe, expect, it } from 'vitest';
import { signPackage } from '@moda/module-format';
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
});

const problem = '... on Problem { code message details nearest }';

describe('publishing', () => {
  const announce = `mutation ($input: AnnounceVersionInput!) { announceVersion(input: $input) {
    __typename
    ... on Draft { id expiresAt uploads { path digest sizeBytes url } }
    ... on ModelVersion { reference }
    ${problem}
  } }`;
  const release = `mutation ($id: ID!) { releaseVersion(draftId: $id) {
    __typename ... on Release { created version { reference publishedBy description run { id versions { reference } } } } ${problem}
  } }`;

  it('goes from a draft to a version by the user of the request', async () => {
    const model = sampleModel({ seed: 5 });
    const signature = signPackage(model.package, bench.trust.own);
    const name = { owner: 'ada', model: 'five', version: '1.0.0' };
    const input = { ...name, package: model.packageText, signature, description: 'Five.', runId: 'run-5' };
    const { announceVersion: draft } = (await ask(announce, { input })) as { announceVersion: DraftAnswer };
    expect(draft).toMatchObject({ __typename: 'Draft', expiresAt: '2026-03-02T12:00:00.000Z' });
    expect(draft.uploads.map(({ path }) => path).sort()).toEqual([...model.files.keys()].sort());
    expect(await ask(release, { id: draft.id })).toMatchObject({
      releaseVersion: { __typename: 'Problem', code: expect.any(String) as string },
    });
    for (const bytes of model.files.values()) await bench.blobs.put(bytes);
    const made = {
      reference: 'ada/five@1.0.0',
      publishedBy: 'ada',
      description: 'Five.',
      run: { id: 'run-5', versions: [{ reference: 'ada/five@1.0.0' }] },
    };
    expect(await ask(release, { id: draft.id })).toEqual({
      releaseVersion: { __typename: 'Release', created: true, version: made },
    });
    expect(await ask(announce, { input })).toEqual({
      announceVersion: { __typename: 'ModelVersion', reference: 'ada/five@1.0.0' },
    });
  });

  it('answers with a problem what was to be expected', async () => {
    const input = { owner: 'Ada', model: 'five', version: '1.0.0', package: '{}' };
    expect(await ask(announce, { input })).toMatchObject({
      announceVersion: { __typename: 'Problem', code: 'NAME_INVALID', details: { part: 'owner' } },
    });
    expect(await ask(release, { id: 'none' })).toMatchObject({
      releaseVersion: { __typename: 'Problem', code: 'DRAFT_UNKNOWN' },
    });
  });

  it('can be given up', async () => {
    const model = sampleModel({ seed: 6 });
    const signature = signPackage(model.package, bench.trust.own);
    const input = { owner: 'ada', model: 'six', version: '1.0.0', package: model.packageText, signature };
    const { announceVersion: draft } = (await ask(announce, { input })) as { announceVersion: DraftAnswer };
    expect(await ask('mutation ($id: ID!) { abandonDraft(draftId: $id) }', { id: draft.id })).toEqual({
      abandonDraft: true,
    });
    expect(await bench.catalogue.draft(draft.id)).toBeUndefined();
  });
});

describe('an alias', () => {
  const move = `mutation ($alias: String!, $to: String!, $reason: String) {
    moveAlias(owner: "ada", model: "digits", alias: $alias, to: $to, reason: $reason) {
      ... on Alias { alias version movedAt } ${problem}
    }
  }`;

  it('moves by hand, and says by whom and why', async () => {
    expect(await ask(move, { alias: 'champion', to: '1.0.0', reason: 'won the test' })).toEqual({
      moveAlias: { alias: 'champion', version: '1.0.0', movedAt: '2026-03-01T12:00:00.000Z' },
    });
    expect(await bench.catalogue.aliasHistory({ owner: 'ada', model: 'digits' }, 'champion')).toMatchObject([
      { by: 'ada', reason: 'won the test' },
    ]);
  });

  it.each([
    ['latest', '1.0.0', undefined, 'ALIAS_INVALID', null],
    ['1.0.0', '1.0.0', undefined, 'ALIAS_INVALID', null],
    ['champion', '1.0.1', undefined, 'VERSION_UNKNOWN', '1.0.0'],
    ['champion', '1.0.0', '  ', 'USAGE', null],
  ])('%s does not move to %s (%s)', async (alias, to, reason, code, nearest) => {
    expect(await ask(move, { alias, to, reason })).toMatchObject({ moveAlias: { code, nearest } });
  });

  it('is told the nearest version in a sentence', async () => {
    const { moveAlias } = (await ask(move, { alias: 'champion', to: '1.0.1' })) as {
      moveAlias: { message: string };
    };
    expect(moveAlias.message).toBe(
      'ada/digits has no version "1.0.1" that an alias could name; did you mean 1.0.0?',
    );
  });
});

describe('the state of a version', () => {
  const change = (verb: string) => `mutation ($id: ID!, $message: String!) {
    ${verb}(versionId: $id, message: $message) { ... on ModelVersion { state stateMessage } ${problem} }
  }`;

  it('is deprecated and yanked with a message, and restored', async () => {
    const variables = { id: version.id, message: ' Confuses 4 and 9. ' };
    expect(await ask(change('deprecate'), variables)).toEqual({
      deprecate: { state: 'deprecated', stateMessage: 'Confuses 4 and 9.' },
    });
    expect(await ask(change('yank'), variables)).toMatchObject({ yank: { state: 'yanked' } });
    const restore =
      'mutation ($id: ID!) { restore(versionId: $id) { ... on ModelVersion { state stateMessage } } }';
    expect(await ask(restore, { id: version.id })).toEqual({
      restore: { state: 'released', stateMessage: null },
    });
  });

  it.each([
    ['none', 'Why.', 'VERSION_UNKNOWN'],
    [undefined, ' ', 'USAGE'],
    [undefined, 'x'.repeat(1001), 'USAGE'],
  ])('stays for version %s and some messages', async (id, message, code) => {
    expect(await ask(change('yank'), { id: id ?? version.id, message })).toMatchObject({ yank: { code } });
  });
});

interface DraftAnswer {
  readonly id: string;
  readonly uploads: readonly { readonly path: string }[];
}
