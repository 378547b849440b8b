import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue, SearchCriteria } from '../../catalogue.js';
import { at, newOwner, published } from './under-test.js';

const change = { by: 'me', at: at(0) };

/** What is found, and what is not. Each question is put within one owner, whose models are a world of their own. */
export function describeSearching(open: () => Catalogue): void {
  let catalogue: Catalogue;
  beforeAll(() => {
    catalogue = open();
  });

  async function classesFound(criteria: SearchCriteria): Promise<readonly string[]> {
    const { items, totalEstimate } = await catalogue.searchModules(criteria, 'newest', { first: 100 });
    expect(totalEstimate).toBe(items.length);
    return items.map(({ item }) => item.module.className);
  }
  async function modelsFound(criteria: SearchCriteria): Promise<readonly string[]> {
    const { items, totalEstimate } = await catalogue.searchVersions(criteria, 'newest', { first: 100 });
    expect(totalEstimate).toBe(items.length);
    return items.map(({ item }) => `${item.model}@${item.version}`);
  }

  describe('a class', () => {
    const owner = newOwner();
    beforeAll(async () => {
      await published(
        catalogue,
        {
          owner,
          model: 'animals',
          version: '1.0.0',
        },
        { classes: ['tabby cat', 'Cattle dog', 'Bär', 'fire_truck'] },
      );
      await published(
        catalogue,
        { owner, model: 'whole', version: '1.0.0' },
        { classes: ['cat', 'dog'], hasRates: false },
      );
    });

    it.each([
      ['cat', ['tabby cat', 'Cattle dog']],
      ['CAT', ['tabby cat', 'Cattle dog']],
      ['catt', ['Cattle dog']],
      ['cat tab', ['tabby cat']],
      ['abby', []],
      ['bar', ['Bär']],
      ['BÄR', ['Bär']],
      ['ba\u0308r', ['Bär']],
      ['truck', ['fire_truck']],
      ['fire-truck', ['fire_truck']],
      ['tabby dog', []],
      ['  ', ['tabby cat', 'Cattle dog', 'Bär', 'fire_truck']],
      ['!?', []],
    ])('is found by %j: %j', async (className, found) => {
      expect(await classesFound({ owner, className })).toEqual(found);
    });

    it('is found in models too, those without modules among them, if one class has all the words', async () => {
      expect(await modelsFound({ owner, className: 'cat' })).toEqual(['whole@1.0.0', 'animals@1.0.0']);
      expect(await modelsFound({ owner, className: 'cattle dog' })).toEqual(['animals@1.0.0']);
      expect(await modelsFound({ owner, className: 'dog cattle' })).toEqual(['animals@1.0.0']);
      expect(await modelsFound({ owner, className: 'tabby dog' })).toEqual([]);
    });
  });

  describe('a criterion', () => {
    const owner = newOwner();
    beforeAll(async () => {
      await published(
        catalogue,
        { owner, model: 'small', version: '1.0.0' },
        {
          classes: ['a'],
          dataset: 'CIFAR10',
          architecture: 'ResNet18',
          license: 'MIT',
          input: { height: 28, width: 28, channels: 1 },
          accuracy: 0.7,
          weightsBytes: 100,
          flops: 10,
          parameters: 5,
          modules: () => ({ accuracy: 0.5, bytes: 50, flops: 7, parameters: 3 }),
          draft: { description: 'Trained on a laptop, naïvely.' },
        },
      );
      await published(
        catalogue,
        { owner, model: 'large', version: '1.0.0' },
        {
          classes: ['b'],
          dataset: 'svhn',
          architecture: 'vgg16',
          accuracy: 0.9,
          weightsBytes: 1000,
          flops: 100,
          parameters: 50,
          modules: () => ({ accuracy: 0.95, bytes: 500, flops: 70, parameters: 30 }),
        },
      );
    });

    it.each<[SearchCriteria, readonly string[], readonly string[]]>([
      [{}, ['b', 'a'], ['large@1.0.0', 'small@1.0.0']],
      [{ dataset: 'cifar10' }, ['a'], ['small@1.0.0']],
      [{ dataset: 'cifar' }, [], []],
      [{ architecture: 'RESNET18' }, ['a'], ['small@1.0.0']],
      [{ license: 'mit' }, ['a'], ['small@1.0.0']],
      [{ model: 'large' }, ['b'], ['large@1.0.0']],
      [{ model: 'Large' }, [], []],
      [{ input: { height: 28, width: 28 } }, ['a'], ['small@1.0.0']],
      [{ input: { height: 28, width: 28, channels: 3 } }, [], []],
      [{ input: { height: 32, width: 28 } }, [], []],
      [{ minAccuracy: 0.95 }, ['b'], []],
      [{ minAccuracy: 0.9 }, ['b'], ['large@1.0.0']],
      [{ minAccuracy: 0.951 }, [], []],
      [{ maxBytes: 50 }, ['a'], []],
      [{ maxBytes: 100 }, ['a'], ['small@1.0.0']],
      [{ maxBytes: 49.5 }, [], []],
      [{ maxFlops: 7 }, ['a'], []],
      [{ maxFlops: 10 }, ['a'], ['small@1.0.0']],
      [{ maxParameters: 3 }, ['a'], []],
      [{ maxParameters: 5 }, ['a'], ['small@1.0.0']],
      [{ maxBytes: Number.POSITIVE_INFINITY }, ['b', 'a'], ['large@1.0.0', 'small@1.0.0']],
      [{ maxBytes: -1 }, [], []],
      [{ text: 'laptop' }, ['a'], ['small@1.0.0']],
      [{ text: 'NAIVELY trained resnet' }, ['a'], ['small@1.0.0']],
      [{ text: 'large svhn vgg16 b' }, ['b'], ['large@1.0.0']],
      [{ text: 'large resnet' }, [], []],
      [{ dataset: 'svhn', minAccuracy: 0.9, className: 'b', text: 'vgg' }, ['b'], ['large@1.0.0']],
      [{ dataset: 'svhn', maxBytes: 100 }, [], []],
    ])('%j finds the modules %j and the models %j', async (criteria, classes, models) => {
      expect(await classesFound({ owner, ...criteria })).toEqual(classes);
      expect(await modelsFound({ owner, ...criteria })).toEqual(models);
    });

    it.each([
      `'`,
      `\\`,
      `' | 'a`,
      'a:* & !b',
      '<->',
      '%',
      '\0',
      '\u{D800}',
      '\u{1F600}',
      'x'.repeat(100_000),
      'a '.repeat(50_000),
    ])('of hostile text is text, nothing else', async (text) => {
      for (const criteria of [
        { className: text },
        { text },
        { dataset: text },
        { owner: text },
        { license: text },
      ]) {
        const { items } = await catalogue.searchModules({ model: 'small', ...criteria }, 'newest', {
          first: 1,
        });
        expect(items.length).toBeLessThanOrEqual(1);
        await catalogue.searchVersions({ model: 'small', ...criteria }, 'newest', { first: 1 });
      }
    });
  });

  describe('of the versions of a model', () => {
    it('the newest released one is found, whatever is yanked, deprecated or restored', async () => {
      const name = { owner: newOwner(), model: 'm' };
      const { owner } = name;
      const publish = (version: string) => published(catalogue, { ...name, version }, { classes: ['a'] });
      const found = async (criteria: SearchCriteria = {}) => {
        const models = await modelsFound({ owner, ...criteria });
        const modules = await catalogue.searchModules({ owner, ...criteria }, 'newest', { first: 100 });
        expect(modules.items.map(({ item }) => `m@${item.version.version}`)).toEqual(models);
        return models.map((model) => model.slice(2));
      };
      await publish('1.0.0-rc.1');
      expect(await found()).toEqual(['1.0.0-rc.1']);
      const one = await publish('1.0.0');
      expect(await found()).toEqual(['1.0.0']);
      const three = await publish('3.0.0');
      const two = await publish('2.0.0');
      await publish('4.0.0-rc.1');
      expect(await found()).toEqual(['3.0.0']);
      expect(await found({ everyVersion: true })).toEqual([
        '4.0.0-rc.1',
        '2.0.0',
        '3.0.0',
        '1.0.0',
        '1.0.0-rc.1',
      ]);

      await catalogue.setState(three.id, 'yanked', undefined, change);
      expect(await found()).toEqual(['2.0.0']);
      expect(await found({ everyVersion: true })).not.toContain('3.0.0');
      expect(await found({ everyVersion: true, includeDeprecated: true })).not.toContain('3.0.0');
      await catalogue.setState(two.id, 'deprecated', undefined, change);
      expect(await found()).toEqual(['1.0.0']);
      expect(await found({ includeDeprecated: true })).toEqual(['2.0.0']);
      expect(await found({ everyVersion: true })).toEqual(['4.0.0-rc.1', '1.0.0', '1.0.0-rc.1']);
      expect(await found({ everyVersion: true, includeDeprecated: true })).toContain('2.0.0');
      await catalogue.setState(one.id, 'yanked', undefined, change);
      expect(await found()).toEqual(['4.0.0-rc.1']);
      await catalogue.setState(three.id, 'released', undefined, change);
      expect(await found()).toEqual(['3.0.0']);
      expect(await found({ includeDeprecated: true })).toEqual(['3.0.0']);
      await publish('3.1.0');
      expect(await found()).toEqual(['3.1.0']);
    });

    it('none is found where all are yanked', async () => {
      const name = { owner: newOwner(), model: 'm', version: '1.0.0' };
      const version = await published(catalogue, name);
      await catalogue.setState(version.id, 'yanked', undefined, change);
      expect(await modelsFound({ owner: name.owner, everyVersion: true, includeDeprecated: true })).toEqual(
        [],
      );
      expect(await classesFound({ owner: name.owner })).toEqual([]);
    });
  });

  it('facets count what the newest versions have', async () => {
    const owner = newOwner();
    const dataset = `data of ${owner}`;
    const options = { classes: [owner, `${owner}+`], dataset, architecture: owner, license: owner };
    await published(catalogue, { owner, model: 'a', version: '1.0.0' }, options);
    await published(catalogue, { owner, model: 'a', version: '2.0.0' }, options);
    await published(catalogue, { owner, model: 'b', version: '1.0.0' }, { ...options, classes: [owner] });
    const { classes, datasets, architectures, licenses } = await catalogue.facets();
    const own = (facets: typeof classes) => facets.filter(({ value }) => value.includes(owner));
    expect(own(classes)).toEqual([
      { value: owner, count: 2 },
      { value: `${owner}+`, count: 1 },
    ]);
    expect(own(datasets)).toEqual([{ value: dataset, count: 2 }]);
    expect(own(architectures)).toEqual([{ value: owner, count: 2 }]);
    expect(own(licenses)).toEqual([{ value: owner, count: 2 }]);
    for (const facets of [classes, datasets, architectures, licenses])
      expect(facets.map(({ count }) => count)).toEqual(
        facets.map(({ count }) => count).sort((a, b) => b - a),
      );
  });
}
