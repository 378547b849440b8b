import type { ModuleFacts } from './modules-at';

/** A module of more than this share of its model's parameters saves too little to be called one. */
export const modularShare = 0.5;

export function isModular({ share }: Pick<ModuleFacts, 'share'>): boolean {
  return share <= modularShare;
}

/** By any of its numbers; equal ones by class. An order that is not known is that of the classes. */
export function sortedModules(
  modules: readonly ModuleFacts[],
  { key, descending }: { readonly key: string; readonly descending: boolean },
): ModuleFacts[] {
  const valueOf = (module: ModuleFacts): number => (isKey(key) ? module[key] : module.class);
  const sign = descending ? -1 : 1;
  return [...modules].sort((a, b) => sign * (valueOf(a) - valueOf(b)) || a.class - b.class);
}

const keys = ['class', 'parameters', 'share', 'flops', 'flopsShare', 'overlap', 'floorHits'] as const;

function isKey(key: string): key is (typeof keys)[number] {
  return (keys as readonly string[]).includes(key);
}
