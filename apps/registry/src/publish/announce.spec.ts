import { describe, expect, it } from 'vitest';
import { createSigningKey, signPackage } from '@moda/module-format';
import type { Catalogue } from '../catalogue/catalogue.js';
import { sampleModel } from './testing/sample-model.js';
import { announcementOf, openWorkbench } from './testing/workbench.js';

const name = { owner: 'ada', model: 'digits', version: '1.0.0' };

/** What is refused is refused before the catalogue hears of it. */
const unasked = {
  announce: async () => Promise.reject(new Error('the catalogue was asked')),
} as Partial<Catalogue> as Catalogue;

describe('what cannot be announced', () => {
  it.each([
    ['an owner in capitals', { owner: 'Ada' }, 'NAME_INVALID'],
    ['a model with a slash', { model: 'a/b' }, 'NAME_INVALID'],
    ['a version with v', { version: 'v1.0.0' }, 'VERSION_INVALID'],
    ['a version of two numbers', { version: '1.0' }, 'VERSION_INVALID'],
    ['a version with build metadata', { version: '1.0.0+a' }, 'VERSION_INVALID'],
    ['a package that is no JSON', { packageText: '{' }, 'PACKAGE_INVALID'],
    ['a package not in canonical form', { packageText: '{"files":[],"formatVersion":1}' }, 'PACKAGE_INVALID'],
    ['no signature', { signature: undefined }, 'SIGNATURE_MISSING'],
    ['a signature of no form', { signature: { algorithm: 'rsa' } }, 'SIGNATURE_INVALID'],
    ['a description of a whole page', { description: 'a'.repeat(2001) }, 'USAGE'],
  ])('%s', async (_what, change, code) => {
    const bench = await openWorkbench({ catalogue: unasked });
    const announcement = { ...announcementOf(bench, sampleModel(), name), ...change };
    expect(await bench.publishing.announce(announcement)).toMatchObject({ kind: 'problem', code });
  });

  it('a package signed by an unknown key, or for another package', async () => {
    const bench = await openWorkbench({ catalogue: unasked });
    const [model, other] = [sampleModel(), sampleModel({ seed: 2 })];
    const announcement = announcementOf(bench, model, name);
    const stranger = createSigningKey();
    expect(
      await bench.publishing.announce({ ...announcement, signature: signPackage(model.package, stranger) }),
    ).toMatchObject({ code: 'SIGNATURE_UNKNOWN_KEY', details: { keyId: stranger.keyId } });
    expect(
      await bench.publishing.announce({
        ...announcement,
        signature: signPackage(other.package, bench.trust.own),
      }),
    ).toMatchObject({ code: 'SIGNATURE_WRONG' });
  });

  it('but an unsigned package where the configuration allows it', async () => {
    const bench = await openWorkbench({ catalogue: unasked, trust: { allowUnsigned: true } });
    const { signature: _, ...announcement } = announcementOf(bench, sampleModel(), name);
    await expect(bench.publishing.announce(announcement)).rejects.toThrow('the catalogue was asked');
  });

  it.each([
    ['without weights', { 'weights.safetensors': undefined }, 'PACKAGE_INVALID', 'weights.safetensors'],
    ['with a file that belongs to no model', { 'virus.exe': 'x' }, 'PACKAGE_INVALID', 'virus.exe'],
    ['with a card like a book', { 'README.md': 'x'.repeat(2 ** 20 + 1) }, 'PACKAGE_TOO_LARGE', 'README.md'],
  ])('a package %s', async (_what, files, code, path) => {
    const bench = await openWorkbench({ catalogue: unasked });
    const announcement = announcementOf(bench, sampleModel({ files }), name);
    expect(await bench.publishing.announce(announcement)).toMatchObject({
      code,
      message: expect.stringContaining(path) as string,
    });
  });
});
