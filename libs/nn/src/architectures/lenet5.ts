import type { Architecture } from '../graph/architecture.js';
import type { ArchitectureOptions } from './architecture-options.js';
import { OperatorChain } from './operator-chain.js';

/**
 * LeNet5 (LeCun et al. 1998) with ReLUs and max pools: 6 and 16 kernels of 5x5 without padding, each followed by a 2x2 max pool, dense
 * layers of 120, 84 and `classes`; everything with bias, no batch norm. Needs 16 pixels each way; a larger image only makes
 * the flattened map larger.
 */
export function lenet5({ input, classes }: ArchitectureOptions): Architecture {
  const { operators } = new OperatorChain()
    .conv('conv1', 6, { size: 5, bias: true })
    .relu('relu1')
    .maxPool('pool1', 2)
    .conv('conv2', 16, { size: 5, bias: true })
    .relu('relu2')
    .maxPool('pool2', 2)
    .flatten('flatten')
    .dense('fc1', 120)
    .relu('relu3')
    .dense('fc2', 84)
    .relu('relu4')
    .dense('fc3', classes);
  return { name: 'lenet5', input, operators };
}
