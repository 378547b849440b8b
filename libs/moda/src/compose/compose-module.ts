import type { Network } from '@moda/nn/graph';

import type { ActivationRates } from '../decompose/activation-rates.js';
import { masksAt } from '../decompose/masks.js';
import { cutNetwork } from './cut-network.js';
import { unionMasks } from './union-masks.js';

/**
 * The network for a sub-task: per tracked layer the union of the classes' units at threshold tau, and outputs for those
 * classes only, ascending. One class gives that class's module. No training is needed or done.
 *
 * @throws ModaError as `masksAt` and `cutArchitecture` do
 */
export function composeModule(
  network: Network,
  rates: ActivationRates,
  tau: number,
  classes: readonly number[],
): Network {
  return cutNetwork(network, { kept: unionMasks(masksAt(rates, tau), classes), classes });
}

/** The module of one class at threshold tau: a network with a single output. */
export function moduleOf(network: Network, rates: ActivationRates, tau: number, label: number): Network {
  return composeModule(network, rates, tau, [label]);
}
