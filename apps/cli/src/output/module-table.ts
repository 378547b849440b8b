import { type Cell, column, type Column } from './table.js';

interface ModuleFacts {
  readonly class: number;
  readonly name: string;
  readonly parameters: number;
  readonly share: number;
  readonly flops: number;
  readonly flopsShare: number;
  /** Layers where the module took the floor instead of what tau left. */
  readonly floorHits: number | readonly unknown[];
}

/** The columns that say how large a module is. */
export const moduleColumns: readonly Column[] = [
  column('class', 'count'),
  column('name', 'text'),
  column('parameters', 'count'),
  column('share', 'share', 'of the model'),
  column('flops', 'count', 'FLOPs'),
  column('flopsShare', 'share', 'of its FLOPs'),
  column('floorHits', 'count', 'floor hits'),
];

export function moduleRow(module: ModuleFacts): readonly Cell[] {
  const { parameters, share, flops, flopsShare, floorHits } = module;
  const hits = typeof floorHits === 'number' ? floorHits : floorHits.length;
  return [module.class, module.name, parameters, share, flops, flopsShare, hits];
}
