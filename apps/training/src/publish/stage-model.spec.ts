import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isModaError, type RunTask } from '@moda/contracts';
import { type ModelSource, packageDigest, parseManifest, serialiseManifest } from '@moda/module-format';
import { packFolder } from '@moda/module-library';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '../runs/run-record.js';
import { runFiles } from '../worker/run-files.js';
import { withStagedModel } from './stage-model.js';

let folder: string;
const runs = new Map<string, RunRecord>();
const places = {
  runOf: async (id: string) => runs.get(id),
  filesOf: (id: string) => runFiles(join(folder, id)),
  bringModel: async () => {},
};
const unlicensed = `sha256:${'00'.repeat(32)}`;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-stage-'));
});
afterEach(async () => {
  runs.clear();
  await rm(folder, { recursive: true, force: true });
});

async function run(id: string, task: RunTask, derivedFrom?: ModelSource[]): Promise<RunRecord> {
  const record = { id, task, state: 'succeeded' } as RunRecord;
  runs.set(id, record);
  const { model } = places.filesOf(id);
  await mkdir(model, { recursive: true });
  const manifest = {
    formatVersion: 1 as const,
    kind: 'model' as const,
    architecture: { name: 'tiny' },
    classes: [{ index: 0, name: id, sourceLabel: 0 }],
    createdBy: { version: '0.1.0' },
    ...(derivedFrom && { derivedFrom }),
  };
  await writeFile(join(model, 'module.json'), serialiseManifest(manifest));
  await writeFile(join(model, 'weights.safetensors'), `weights of ${id}`);
  await writeFile(join(model, 'README.md'), `---\nlicense: other\n---\n\nMade from ${unlicensed}.\n`);
  return record;
}

const train: RunTask = { kind: 'train' };
const digestOf = (record: RunRecord) =>
  withStagedModel(record, 'MIT', places, async (staged) => packageDigest(await packFolder(staged)));
const staged = (record: RunRecord) =>
  withStagedModel(record, 'MIT', places, async (path) => ({
    manifest: parseManifest(await readFile(join(path, 'module.json'), 'utf8')),
    card: await readFile(join(path, 'README.md'), 'utf8'),
    names: (await readdir(path)).sort(),
  }));

describe('a model that is to be published', () => {
  it('says its licence, and the files of the run stay as they are', async () => {
    const record = await run('a', train);
    const { model, folder: ofRun } = places.filesOf('a');
    const before = await packFolder(model);
    const { manifest, card, names } = await staged(record);
    expect(manifest.license).toBe('MIT');
    expect(card).toContain('license: MIT');
    expect(names).toEqual(['README.md', 'module.json', 'weights.safetensors']);
    expect(await packFolder(model)).toEqual(before);
    expect(await readdir(ofRun)).toEqual(['model']);
  });

  it('names what it was made of as that is published, through every step', async () => {
    const source = await run('a', train);
    const decomposed = await run('b', { kind: 'decompose', run: 'a', tau: 0.9 });
    const composed = await run('c', { kind: 'compose', run: 'b', classes: ['0'], tau: 0.9 }, [
      { role: 'base', digest: unlicensed, tau: 0.9 },
    ]);
    const repaired = await run(
      'd',
      { kind: 'replace', weak: 'c', strong: 'a', class: '0', strategy: 'moda', tau: 0.9 },
      [{ role: 'weak' }, { role: 'strong', tau: 0.9 }],
    );
    const again = await run('e', { kind: 'decompose', run: 'd', tau: 0.5 }, [
      { role: 'weak' },
      { role: 'strong' },
    ]);
    const ofComposed = await staged(composed);
    expect(ofComposed.manifest.derivedFrom).toEqual([
      { role: 'base', digest: await digestOf(decomposed), tau: 0.9 },
    ]);
    expect(ofComposed.card).toContain(`Made from ${await digestOf(decomposed)}.`);
    const sources = [
      { role: 'weak', digest: await digestOf(composed) },
      { role: 'strong', digest: await digestOf(source) },
    ];
    expect((await staged(repaired)).manifest.derivedFrom).toMatchObject(sources);
    expect((await staged(again)).manifest.derivedFrom).toEqual(sources);
  });

  it('keeps what it says of a source that is gone', async () => {
    await run('a', train);
    const composed = await run('c', { kind: 'compose', run: 'a', classes: ['0'], tau: 0.9 }, [
      { role: 'base', digest: unlicensed },
    ]);
    await rm(places.filesOf('a').folder, { recursive: true });
    expect((await staged(composed)).manifest.derivedFrom).toEqual([{ role: 'base', digest: unlicensed }]);
  });

  it('is fetched where its folder is gone, and so is what it was made of', async () => {
    const source = await run('a', train);
    const composed = await run('c', { kind: 'compose', run: 'a', classes: ['0'], tau: 0.9 }, [
      { role: 'base', digest: unlicensed },
    ]);
    const away = join(folder, 'away');
    for (const id of ['a', 'c']) await cp(places.filesOf(id).folder, join(away, id), { recursive: true });
    const whole = { source: await digestOf(source), composed: await digestOf(composed) };
    for (const id of ['a', 'c']) await rm(places.filesOf(id).folder, { recursive: true });
    const bringModel = (id: string) => cp(join(away, id), places.filesOf(id).folder, { recursive: true });
    const fetched = (record: RunRecord) =>
      withStagedModel(record, 'MIT', { ...places, bringModel }, async (path) =>
        packageDigest(await packFolder(path)),
      );
    await bringModel('c');
    expect(await fetched(composed)).toBe(whole.composed);
    expect(await fetched(source)).toBe(whole.source);
  });

  it('with a licence that is none is refused, and leaves nothing', async () => {
    const record = await run('a', train);
    const refused = withStagedModel(record, 'no such licence', places, async () => undefined);
    await expect(refused).rejects.toSatisfy(isModaError);
    expect(await readdir(places.filesOf('a').folder)).toEqual(['model']);
  });
});
