import type { CutChoice, WholeModel } from '../derive/plan-cut.js';
import type { Price } from './price.js';
import { priceList } from './price-list.js';

/**
 * The price of a set of classes, and of each further class beside it. For several prices of one model at one threshold keep a
 * `priceList`.
 *
 * @param candidates classes whose addition is priced; every class when left out
 * @throws ModaError as `priceList` and its `price` do
 */
export function priceOf(
  whole: Pick<WholeModel, 'architecture' | 'rates'>,
  { classes, tau }: CutChoice,
  candidates?: readonly number[],
): Price {
  return priceList(whole, tau).price(classes, candidates);
}
