import type { Lineage as LineageRecord } from '../catalogue/catalogue.js';
import { Lineage, LineageNode } from './entities/lineage.js';
import { outcomeOf } from './outcomes/outcome-of.js';

export function lineageOf({ nodes, edges }: LineageRecord): Lineage {
  return outcomeOf(Lineage, { nodes: nodes.map((node) => new LineageNode(node)), edges });
}
