import { clusteredOrder } from './clustered-order';
import type { ModulesAt } from './modules-at';

/** Classes in the order in which a map shows them: by label, the smallest module first, or modules that are alike together. */
export function classOrder(
  order: 'label' | 'size' | 'clustered',
  { modules, jaccard }: Pick<ModulesAt, 'modules' | 'jaccard'>,
): number[] {
  switch (order) {
    case 'label':
      return modules.map((module) => module.class);
    case 'size':
      return [...modules]
        .sort((a, b) => a.parameters - b.parameters || a.class - b.class)
        .map((one) => one.class);
    case 'clustered':
      // By Jaccard: the share of the model would put the large ones together, alike or not.
      return clusteredOrder(jaccard);
  }
}
