import { type Price, type PriceList, priceList } from '@moda/moda/surgery';
import { LRUCache } from 'lru-cache';
import type { Parent } from '../parents/parents.js';

/** What the prepared lists may take together, about: those of two hundred models like VGG16 of ten classes. */
const maxBytes = 128 * 1024 * 1024;

/** Classes whose addition is priced before others get their turn; a class takes a millisecond or two. */
const candidatesAtOnce = 16;

/** Price lists of models and thresholds that were asked for lately. */
export class Prices {
  readonly #lists = new LRUCache<string, PriceList>({ maxSize: maxBytes });

  /** @throws ModaError CLASS_UNKNOWN */
  async price(
    parent: Parent,
    { classes, tau }: { readonly classes: readonly number[]; readonly tau: number },
    candidates: readonly number[] = parent.manifest.classes.map(({ index }) => index),
  ): Promise<Price> {
    const list = this.#listOf(parent, tau);
    const price = list.price(classes, candidates.slice(0, candidatesAtOnce));
    const marginal = [...price.marginal];
    for (let at = candidatesAtOnce; at < candidates.length; at += candidatesAtOnce) {
      await new Promise((resolve) => setImmediate(resolve));
      marginal.push(...list.price(classes, candidates.slice(at, at + candidatesAtOnce)).marginal);
    }
    return { ...price, marginal: marginal.sort((a, b) => a.class - b.class) };
  }

  #listOf(parent: Parent, tau: number): PriceList {
    const key = `${parent.digest} ${tau}`;
    const known = this.#lists.get(key);
    if (known) return known;
    const list = priceList(parent, tau);
    // A list keeps flags of every channel of every class, in number about as many as counts of units.
    const size = parent.rates.layers.reduce((sum, layer) => sum + 2 * layer.counts.byteLength, 1);
    this.#lists.set(key, list, { size });
    return list;
  }
}
