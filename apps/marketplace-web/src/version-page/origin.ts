import type { PageVersion } from './version-question';

type Lineage = Pick<PageVersion, 'digest' | 'lineage'>;
type Node = NonNullable<PageVersion['lineage']>['nodes'][number];

/** A package that this one came from, or that came from it. */
export interface Relative {
  readonly digest: string;
  /** What it gave, or was given, in words. */
  readonly how: string;
  readonly version: { readonly reference: string } | null;
  readonly composition: {
    readonly id: string;
    readonly reference: string | null;
    readonly classes: readonly number[];
    readonly tau: number;
  } | null;
}

const given = { base: 'cut from', weak: 'repairs', strong: 'takes its module from' } as const;
const taken = {
  base: 'cut from this',
  weak: 'repaired from this',
  strong: 'repaired with a module of this',
} as const;

/** What a package came from, one step back. */
export function sourcesOf({ digest, lineage }: Lineage): readonly Relative[] {
  return (lineage?.edges ?? [])
    .filter(({ to }) => to === digest)
    .map(({ from, role }) => relative(lineage?.nodes, from, given[role]));
}

/** What came from a package, one step on. */
export function offspringOf({ digest, lineage }: Lineage): readonly Relative[] {
  return (lineage?.edges ?? [])
    .filter(({ from }) => from === digest)
    .map(({ to, role }) => relative(lineage?.nodes, to, taken[role]));
}

function relative(nodes: readonly Node[] = [], digest: string, how: string): Relative {
  const node = nodes.find((known) => known.digest === digest);
  return { digest, how, version: node?.version ?? null, composition: node?.composition ?? null };
}
