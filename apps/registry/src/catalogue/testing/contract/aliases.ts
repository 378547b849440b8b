import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue } from '../../catalogue.js';
import { at, newOwner, published } from './under-test.js';

export function describeAliases(open: () => Catalogue): void {
  let catalogue: Catalogue;
  beforeAll(() => {
    catalogue = open();
  });

  const newModel = () => ({ owner: newOwner(), model: 'digits' });
  type Name = ReturnType<typeof newModel>;
  const publish = (name: Name, version: string, minutes = 0) =>
    published(catalogue, { ...name, version }, { at: at(minutes) });
  const named = async (name: Name, alias = 'latest') =>
    (await catalogue.version(name, { kind: 'alias', alias }))?.version;
  const change = (minutes: number, reason?: string) => ({ by: 'me', at: at(minutes), reason });

  describe('latest', () => {
    it('follows releases upwards and passes over pre-releases', async () => {
      const name = newModel();
      await publish(name, '1.0.0-rc.1');
      expect(await named(name)).toBeUndefined();
      for (const [version, latest] of [
        ['1.0.0', '1.0.0'],
        ['0.9.0', '1.0.0'],
        ['1.10.0', '1.10.0'],
        ['1.9.0', '1.10.0'],
        ['2.0.0-beta', '1.10.0'],
        ['2.0.0', '2.0.0'],
      ] as const) {
        await publish(name, version);
        expect(await named(name), version).toBe(latest);
      }
      const history = await catalogue.aliasHistory(name, 'latest');
      expect(history.map(({ from, to }) => [from, to])).toEqual([
        ['1.10.0', '2.0.0'],
        ['1.0.0', '1.10.0'],
        [undefined, '1.0.0'],
      ]);
      expect(history[0]).toEqual({
        alias: 'latest',
        from: '1.10.0',
        to: '2.0.0',
        by: 'somebody',
        at: at(0),
        reason: undefined,
      });
    });

    it('leaves a yanked version for the highest released one, goes where there is none, and comes back', async () => {
      const name = newModel();
      const one = await publish(name, '1.0.0');
      const deprecated = await publish(name, '1.5.0');
      await catalogue.setState(deprecated.id, 'deprecated', 'old', change(0));
      await publish(name, '3.0.0-rc.1');
      const two = await publish(name, '2.0.0');
      await catalogue.setState(two.id, 'yanked', 'broken', change(1));
      expect(await named(name)).toBe('1.0.0');
      await catalogue.setState(one.id, 'yanked', 'broken too', change(2));
      expect(await named(name)).toBeUndefined();
      expect(await catalogue.aliases(name)).toEqual([]);
      await catalogue.setState(one.id, 'released', undefined, change(3));
      expect(await named(name)).toBe('1.0.0');
      await catalogue.setState(two.id, 'deprecated', 'mended', change(4));
      expect(await named(name)).toBe('2.0.0');
      const history = await catalogue.aliasHistory(name, 'latest');
      expect(history.slice(0, 4).map(({ from, to, reason }) => [from, to, reason])).toEqual([
        ['1.0.0', '2.0.0', '2.0.0 was restored'],
        [undefined, '1.0.0', '1.0.0 was restored'],
        ['1.0.0', undefined, '1.0.0 was yanked'],
        ['2.0.0', '1.0.0', '2.0.0 was yanked'],
      ]);
      expect((await catalogue.aliasAt(name, 'latest', at(2)))?.version).toBeUndefined();
      expect((await catalogue.aliasAt(name, 'latest', at(3.5)))?.version).toBe('1.0.0');
    });

    it('stays where it was put until a higher version comes', async () => {
      const name = newModel();
      await publish(name, '1.0.0');
      await publish(name, '2.0.0');
      await catalogue.moveAlias(name, 'latest', '1.0.0', change(1, 'back'));
      const other = await publish(name, '0.5.0');
      await catalogue.setState(other.id, 'yanked', undefined, change(2));
      expect(await named(name)).toBe('1.0.0');
      await publish(name, '1.5.0');
      expect(await named(name)).toBe('1.5.0');
    });
  });

  describe('an alias', () => {
    it('moves, and says where it has been and when', async () => {
      const name = newModel();
      const one = await publish(name, '1.0.0');
      const two = await publish(name, '2.0.0-rc.1');
      expect(await catalogue.moveAlias(name, 'champion', '1.0.0', change(10))).toEqual({
        ...name,
        alias: 'champion',
        versionId: one.id,
        version: '1.0.0',
        movedAt: at(10),
      });
      const moved = await catalogue.moveAlias(
        name,
        'champion',
        '2.0.0-rc.1',
        change(20, 'better on 3 and 5'),
      );
      expect(moved).toMatchObject({ versionId: two.id, movedAt: at(20) });
      expect(await named(name, 'champion')).toBe('2.0.0-rc.1');
      expect((await catalogue.aliases(name)).map(({ alias, version }) => [alias, version])).toEqual([
        ['champion', '2.0.0-rc.1'],
        ['latest', '1.0.0'],
      ]);
      expect(await catalogue.aliasHistory(name, 'champion')).toEqual([
        {
          alias: 'champion',
          from: '1.0.0',
          to: '2.0.0-rc.1',
          by: 'me',
          at: at(20),
          reason: 'better on 3 and 5',
        },
        { alias: 'champion', from: undefined, to: '1.0.0', by: 'me', at: at(10), reason: undefined },
      ]);
      const when = async (minutes: number) =>
        (await catalogue.aliasAt(name, 'champion', at(minutes)))?.version;
      expect([await when(9), await when(10), await when(19), await when(20), await when(99)]).toEqual([
        undefined,
        '1.0.0',
        '1.0.0',
        '2.0.0-rc.1',
        '2.0.0-rc.1',
      ]);
    });

    it('that is moved to where it stands has not moved', async () => {
      const name = newModel();
      await publish(name, '1.0.0');
      await catalogue.moveAlias(name, 'champion', '1.0.0', change(1));
      expect(await catalogue.moveAlias(name, 'champion', '1.0.0', change(2))).toMatchObject({
        movedAt: at(1),
      });
      expect(await catalogue.aliasHistory(name, 'champion')).toHaveLength(1);
    });

    it('cannot name what is not there or was yanked', async () => {
      const name = newModel();
      const version = await publish(name, '1.0.0');
      expect(await catalogue.moveAlias(name, 'champion', '9.9.9', change(1))).toBeUndefined();
      await catalogue.setState(version.id, 'yanked', undefined, change(2));
      expect(await catalogue.moveAlias(name, 'champion', '1.0.0', change(3))).toBeUndefined();
      expect(await catalogue.moveAlias(newModel(), 'champion', '1.0.0', change(3))).toBeUndefined();
      expect(await named(name, 'champion')).toBeUndefined();
      expect(await catalogue.aliasHistory(name, 'champion')).toEqual([]);
    });

    it('of a person stays with a version that is yanked', async () => {
      const name = newModel();
      const version = await publish(name, '1.0.0');
      await catalogue.moveAlias(name, 'champion', '1.0.0', change(1));
      await catalogue.setState(version.id, 'yanked', 'broken', change(2));
      const found = await catalogue.version(name, { kind: 'alias', alias: 'champion' });
      expect(found).toMatchObject({ version: '1.0.0', state: 'yanked', stateMessage: 'broken' });
    });

    it('that many move at a time has one history without gaps', async () => {
      const name = newModel();
      const versions = ['1.0.0', '1.1.0', '1.2.0', '1.3.0'];
      for (const version of versions) await publish(name, version);
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          catalogue.moveAlias(name, 'champion', versions[i % versions.length]!, change(i)),
        ),
      );
      const history = await catalogue.aliasHistory(name, 'champion');
      expect(history.length).toBeGreaterThan(3);
      history.forEach(({ from }, i) => expect(from).toBe(history[i + 1]?.to));
      expect(await named(name, 'champion')).toBe(history[0]!.to);
    });
  });

  describe('a state', () => {
    it('changes with its message, and a digest is found in every one', async () => {
      const version = await publish(newModel(), '1.0.0');
      for (const [state, message] of [
        ['deprecated', 'use 2.0.0'],
        ['yanked', 'wrong labels'],
        ['yanked', 'wrong labels, see the notes'],
        ['released', undefined],
      ] as const) {
        const changed = await catalogue.setState(version.id, state, message, change(1));
        expect(changed).toEqual({ ...version, state, stateMessage: message });
        expect(await catalogue.versionById(version.id)).toEqual(changed);
        expect(await catalogue.versionsByDigest(version.digest)).toEqual([changed]);
      }
    });

    it('of an unknown version changes nothing', async () => {
      expect(await catalogue.setState('never', 'yanked', undefined, change(1))).toBeUndefined();
    });
  });
}
