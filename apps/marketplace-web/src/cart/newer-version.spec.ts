import { describe, expect, it } from 'vitest';
import { newerVersion, type VersionWithLatest, withGroupInstead } from './newer-version';

const classes = (...names: readonly string[]) => names.map((name, index) => ({ index, name }));
type Latest = NonNullable<NonNullable<VersionWithLatest['model']>['latest']>;
const held = (latest: Partial<Latest> = {}): VersionWithLatest => ({
  reference: 'ada/pets@1.0.0',
  classes: classes('cat', 'dog', 'hare'),
  model: {
    latest: {
      reference: 'ada/pets@1.1.0',
      version: '1.1.0',
      state: 'released',
      ratesDigest: 'sha256:0',
      classes: classes('ant', 'cat', 'dog', 'hare'),
      ...latest,
    },
  },
});
const group = { of: 'ada/pets@1.0.0', classes: [0, 2] };

describe('a newer version than the one in the cart', () => {
  it('has the same classes, wherever they stand now', () => {
    expect(newerVersion(group, held())).toEqual({
      reference: 'ada/pets@1.1.0',
      version: '1.1.0',
      group: { of: 'ada/pets@1.1.0', classes: [1, 3] },
      without: [],
    });
  });

  it('is told of where the cart cannot move to it, with the classes that it lacks', () => {
    expect(newerVersion(group, held({ classes: classes('cat') }))).toMatchObject({
      version: '1.1.0',
      group: undefined,
      without: ['hare'],
    });
    expect(newerVersion(group, held({ ratesDigest: null }))).toMatchObject({ group: undefined, without: [] });
  });

  it.each([
    ['the cart holds it', { version: '1.0.0', reference: 'ada/pets@1.0.0' }],
    ['it is older', { version: '0.9.0', reference: 'ada/pets@0.9.0' }],
    ['it is deprecated', { state: 'deprecated' }],
  ])('is none where %s', (_, latest) => {
    expect(newerVersion(group, held(latest))).toBeUndefined();
  });

  it('is none where nothing is known of the model', () => {
    expect(newerVersion(group, { ...held(), model: null })).toBeUndefined();
    expect(newerVersion(group, { ...held(), model: { latest: null } })).toBeUndefined();
  });
});

describe('a cart that moves to it', () => {
  const moved = { of: 'ada/pets@1.1.0', classes: [1, 3] };

  it('keeps the place of the model, its threshold and the other models', () => {
    const cart = { groups: [group, { of: 'bob/signs@1.0.0', classes: [4] }], tau: 0.8 };
    expect(withGroupInstead(cart, group.of, moved)).toEqual({
      groups: [moved, { of: 'bob/signs@1.0.0', classes: [4] }],
      tau: 0.8,
    });
  });

  it('holds each class once where it held some of that version already', () => {
    const cart = { groups: [{ of: moved.of, classes: [0, 3] }, group] };
    expect(withGroupInstead(cart, group.of, moved).groups).toEqual([{ of: moved.of, classes: [0, 1, 3] }]);
  });
});
