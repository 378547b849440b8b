import { type ModelManifest, parseManifest, serialiseManifest } from '@moda/module-format';
import { architectureToJson } from '@moda/nn/graph';
import { describe, expect, it } from 'vitest';

import { smallNetwork } from '../testing/small-networks.js';
import { digestOf, manifestFor } from '../testing/whole-model.js';
import { deriveManifest } from './derive-manifest.js';

const { architecture } = smallNetwork({ blocks: [], tail: 'globalPool', channels: 2, classes: 3, seed: 1 });
const parent = manifestFor(architecture, 3);
const cut = { architecture, classes: [0, 2], tau: 0.9, parentDigest: digestOf('a') };

describe('the manifest of a cut', () => {
  it('takes all from its parent but what is true of the parent alone', () => {
    expect(deriveManifest({ ...parent, extra: { note: 'kept' } }, cut)).toEqual({
      formatVersion: 1,
      kind: 'composition',
      name: 'small/class 0+class 2',
      license: 'Apache-2.0',
      architecture: architectureToJson(architecture),
      classes: [
        { index: 0, name: 'class 0', sourceLabel: 0 },
        { index: 1, name: 'class 2', sourceLabel: 4 },
      ],
      dataset: parent.dataset,
      training: parent.training,
      derivedFrom: [{ role: 'base', name: 'small', digest: digestOf('a'), tau: 0.9, classes: [0, 2] }],
      device: 'a processor',
      createdBy: { version: '0.0.9' },
      extra: { note: 'kept' },
    });
  });

  it('is a module for one class, and says no more of the parent than is known', () => {
    const { name: _name, ...nameless } = parent;
    const manifest = deriveManifest(nameless, { ...cut, classes: [1], parentDigest: undefined });
    expect(manifest).toMatchObject({
      kind: 'module',
      derivedFrom: [{ role: 'base', tau: 0.9, classes: [1] }],
    });
    expect(Object.keys(manifest.derivedFrom![0]!).sort()).toEqual(['classes', 'role', 'tau']);
    expect('name' in manifest).toBe(false);
  });

  it('does not depend on when it is made, nor on when the parent was', () => {
    const older: ModelManifest = { ...parent, createdAt: '2020-01-01T00:00:00Z' };
    expect(serialiseManifest(deriveManifest(older, cut))).toBe(
      serialiseManifest(deriveManifest(parent, cut)),
    );
  });

  it('has a name that fits, of whole characters', () => {
    const names = ['x'.repeat(188), '😀'.repeat(40)].map((name, index) => ({
      index,
      name,
      sourceLabel: index,
    }));
    for (const padding of ['', 'y']) {
      const classes = [...names.map((each) => ({ ...each, name: each.name + padding }))];
      const long = deriveManifest({ ...parent, classes }, { ...cut, classes: [0, 1] });
      expect(long.name!.length).toBeLessThanOrEqual(200);
      expect(long.name).toMatch(/…$/);
      expect(long.name).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
      expect(parseManifest(serialiseManifest(long)).name).toBe(long.name);
    }
  });
});
