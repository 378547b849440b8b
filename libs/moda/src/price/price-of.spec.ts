import { type SafeTensor, writeSafetensors } from '@moda/module-format';
import { countFlops, countParameters, vgg16 } from '@moda/nn/graph';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { composeModule, moduleOf } from '../compose/compose-module.js';
import { unionMasks } from '../compose/union-masks.js';
import { masksAt } from '../decompose/masks.js';
import { parameterExtent, sharedParameters } from '../measure/shared-parameters.js';
import { choicesOf, ratesFor } from '../testing/arbitrary-rates.js';
import { smallNetwork } from '../testing/small-networks.js';
import { published, type PublishedModel, publishedModels } from '../testing/whole-model.js';
import { priceList } from './price-list.js';
import { priceOf } from './price-of.js';

const vgg16Of10 = vgg16({ input: { height: 32, width: 32, channels: 3 }, classes: 10 });

const choices = publishedModels.chain((model) =>
  fc.record({ model: fc.constant(model), choice: choicesOf(model.rates.samples.length) }),
);

/** What the composition measures when it is really made. */
function measured({ network, rates }: PublishedModel, classes: readonly number[], tau: number) {
  const { architecture, parameters } = composeModule(network, rates, tau, classes);
  const tensors = [...parameters].map(([name, { shape, data }]): [string, SafeTensor] => [
    name,
    { dtype: 'F32', shape: [...shape], data },
  ]);
  return {
    parameters: countParameters(architecture),
    flops: countFlops(architecture),
    weightsBytes: writeSafetensors(tensors).length,
  };
}

describe('composing two sets of classes', () => {
  it('keeps the union of their units', () => {
    fc.assert(
      fc.property(choices, fc.nat(), ({ model, choice }, split) => {
        const masks = masksAt(model.rates, choice.tau);
        const at = split % (choice.classes.length + 1);
        const [a, b] = [choice.classes.slice(0, at), choice.classes.slice(at)];
        const both = unionMasks(masks, choice.classes);
        const [ofA, ofB] = [unionMasks(masks, a), unionMasks(masks, b)];
        both.forEach((units, layer) => {
          const expected = [...new Set([...ofA[layer]!, ...ofB[layer]!])].sort((x, y) => x - y);
          expect(units).toEqual(expected);
        });
      }),
      { numRuns: 25 },
    );
  });
});

describe('a price', () => {
  it('is what the composition really measures, and no more than the whole model', () => {
    fc.assert(
      fc.property(choices, ({ model, choice }) => {
        const price = priceOf(model.whole, choice, []);
        expect(price).toMatchObject(measured(model, choice.classes, choice.tau));
        const { architecture } = model.network;
        expect(price.share).toBe(price.parameters / countParameters(architecture));
        expect(price.flopsShare).toBe(price.flops / countFlops(architecture));
        expect(price.share).toBeLessThanOrEqual(1);
        expect(price.flopsShare).toBeLessThanOrEqual(1);
        expect(price.marginal).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('of all classes with every unit is that of the model', () => {
    fc.assert(
      fc.property(publishedModels, (model) => {
        const classes = [...model.rates.samples.keys()];
        const { share, flopsShare } = priceOf(model.whole, { classes, tau: 0 }, []);
        expect([share, flopsShare]).toEqual([1, 1]);
      }),
      { numRuns: 12 },
    );
  });

  it('of one class more is higher by what that class was said to add', () => {
    fc.assert(
      fc.property(choices, ({ model, choice: { classes, tau } }) => {
        const list = priceList(model.whole, tau);
        const cart = classes.slice(1);
        const price = list.price(cart);
        expect(price.marginal.map((each) => each.class)).toEqual([...model.rates.samples.keys()]);
        for (const { class: label, parameters, flops, weightsBytes } of price.marginal) {
          const more = list.price([...cart, label], []);
          expect(more.parameters - price.parameters).toBe(parameters);
          expect(more.flops - price.flops).toBe(flops);
          expect(more.weightsBytes - price.weightsBytes).toBe(weightsBytes);
          expect(parameters).toBeGreaterThanOrEqual(0);
          expect(flops).toBeGreaterThanOrEqual(0);
          if (cart.includes(label)) expect([parameters, flops, weightsBytes]).toEqual([0, 0, 0]);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('tells how much of a class the composition has already, and which of its classes has most of it', () => {
    fc.assert(
      fc.property(choices, ({ model: { network, rates, whole }, choice: { classes, tau } }) => {
        const extent = (label: number) => parameterExtent(moduleOf(network, rates, tau, label).architecture);
        const composed = parameterExtent(composeModule(network, rates, tau, classes).architecture);
        for (const { class: label, sharedWithCart, nearest } of priceOf(whole, { classes, tau }).marginal) {
          const own = sharedParameters(extent(label), extent(label)).trainable;
          const shared = (other: typeof composed) => sharedParameters(extent(label), other).trainable / own;
          expect(sharedWithCart).toBe(classes.includes(label) ? 1 : shared(composed));
          const others = classes.filter((other) => other !== label).sort((a, b) => a - b);
          if (others.length === 0) {
            expect(nearest).toBeUndefined();
            continue;
          }
          const most = Math.max(...others.map((other) => shared(extent(other))));
          expect(nearest).toEqual({
            class: others.find((other) => shared(extent(other)) === most),
            shared: most,
          });
        }
      }),
      { numRuns: 12 },
    );
  });

  it('of nothing is nothing, and then every class adds all of its own module', () => {
    const model = published(
      smallNetwork({ blocks: ['plain'], tail: 'globalPool', channels: 4, classes: 3, seed: 1 }),
      3,
    );
    const { marginal, ...price } = priceOf(model.whole, { classes: [], tau: 0.5 }, [1]);
    expect(price).toEqual({ parameters: 0, share: 0, flops: 0, flopsShare: 0, weightsBytes: 0 });
    expect(marginal).toEqual([{ class: 1, ...measured(model, [1], 0.5), sharedWithCart: 0 }]);
  });

  it('is refused for a class that there is not, in the cart or among the candidates', () => {
    const { whole } = published(
      smallNetwork({ blocks: [], tail: 'globalPool', channels: 4, classes: 3, seed: 1 }),
      3,
    );
    const unknown: unknown = expect.objectContaining({ code: 'CLASS_UNKNOWN' });
    expect(() => priceOf(whole, { classes: [3], tau: 0.5 })).toThrow(unknown);
    expect(() => priceOf(whole, { classes: [0], tau: 0.5 }, [7])).toThrow(unknown);
    expect(() => priceOf({ ...whole, rates: ratesFor(vgg16Of10, 1) }, { classes: [0], tau: 0.5 })).toThrow(
      expect.objectContaining({ code: 'RATES_INVALID' }),
    );
  });

  it('of five of ten classes of VGG16, with what each class would add, takes less than 20 ms', () => {
    const whole = { architecture: vgg16Of10, rates: ratesFor(vgg16Of10, 1, 5000) };
    const times = Array.from({ length: 8 }, () => {
      const start = process.cpuUsage();
      expect(priceOf(whole, { classes: [0, 2, 4, 6, 8], tau: 0.5 }).marginal).toHaveLength(10);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    });
    // The first ones are run by the interpreter; processor time, because other work may share the machine.
    expect(Math.min(...times)).toBeLessThan(20);
  });
});
