import { inferShapes, parameterSpecs } from '@moda/nn/graph';

import { ascending, mergeAscending } from '../compose/ascending.js';
import { cutWithShapes } from '../compose/cut-architecture.js';
import { unionMasks } from '../compose/union-masks.js';
import { checkRates } from '../decompose/check-rates.js';
import { masksAt } from '../decompose/masks.js';
import { type NetworkSize, networkSize, trainableValues } from '../derive/network-size.js';
import type { WholeModel } from '../derive/plan-cut.js';
import { type ParameterExtent, parameterExtent, sharedParameters } from '../measure/shared-parameters.js';
import type { MarginalPrice, Price } from './price.js';

/** Prices of one model's modules and compositions at one threshold. */
export interface PriceList {
  readonly tau: number;
  /**
   * @param classes of the composition, in any order; none gives a price of nothing
   * @param candidates whose addition is priced too; every class when left out
   * @throws ModaError CLASS_UNKNOWN
   */
  price(classes: readonly number[], candidates?: readonly number[]): Price;
}

const nothing: NetworkSize = { parameters: 0, flops: 0, weightsBytes: 0 };

/** One class's own module. */
interface Module {
  readonly parameters: number;
  readonly extent: ParameterExtent;
}

/** What a set of classes comes to; without extent where the set is empty. */
interface Composed {
  readonly size: NetworkSize;
  readonly extent?: ParameterExtent;
}

/**
 * Prepares a model for pricing at one threshold: what is common to all prices is computed once, and each class's own module when it
 * is first asked for. No weight is read.
 *
 * @throws ModaError as `checkRates` and `masksAt` do
 */
export function priceList(whole: Pick<WholeModel, 'architecture' | 'rates'>, tau: number): PriceList {
  const { architecture, rates } = whole;
  const shapes = inferShapes(architecture);
  checkRates(architecture, shapes, rates);
  const masks = masksAt(rates, tau);
  const everything = networkSize(architecture, shapes);
  const every = [...masks.kept.keys()];

  const cutFor = (classes: readonly number[]) =>
    cutWithShapes(architecture, { kept: unionMasks(masks, classes), classes }, shapes);
  const modules = new Map<number, Module>();
  const moduleOf = (label: number): Module => {
    const known = modules.get(label);
    if (known) return known;
    const cut = cutFor([label]);
    const module: Module = {
      parameters: trainableValues(parameterSpecs(cut.architecture, cut.shapes)),
      extent: parameterExtent(cut.architecture, cut.shapes),
    };
    modules.set(label, module);
    return module;
  };

  const marginal = (label: number, cart: readonly number[], composed: Composed): MarginalPrice => {
    const own = moduleOf(label);
    const sharedWith = (other: ParameterExtent) =>
      sharedParameters(own.extent, other).trainable / own.parameters;
    const nearest = cart
      .filter((other) => other !== label)
      .map((other) => ({ class: other, shared: sharedWith(moduleOf(other).extent) }))
      .reduce<MarginalPrice['nearest']>((a, b) => (a && a.shared >= b.shared ? a : b), undefined);
    if (cart.includes(label))
      return { class: label, ...nothing, sharedWithCart: 1, ...(nearest && { nearest }) };
    const more = cutFor(mergeAscending(cart, [label]));
    return {
      class: label,
      ...difference(networkSize(more.architecture, more.shapes), composed.size),
      sharedWithCart: composed.extent ? sharedWith(composed.extent) : 0,
      ...(nearest && { nearest }),
    };
  };

  return {
    tau,
    price: (classes, candidates = every) => {
      const cart = ascending(classes);
      const cut = cart.length > 0 ? cutFor(cart) : undefined;
      const composed: Composed = cut
        ? {
            size: networkSize(cut.architecture, cut.shapes),
            extent: parameterExtent(cut.architecture, cut.shapes),
          }
        : { size: nothing };
      return {
        ...composed.size,
        share: composed.size.parameters / everything.parameters,
        flopsShare: composed.size.flops / everything.flops,
        marginal: ascending(candidates).map((label) => marginal(label, cart, composed)),
      };
    },
  };
}

function difference(a: NetworkSize, b: NetworkSize): NetworkSize {
  return {
    parameters: a.parameters - b.parameters,
    flops: a.flops - b.flops,
    weightsBytes: a.weightsBytes - b.weightsBytes,
  };
}
