/** A version that has all classes that are wanted. */
export interface Candidate {
  /** `owner/model@version`. */
  readonly of: string;
  /** Output positions of the wanted classes, ascending. */
  readonly classes: readonly number[];
  /** Threshold that the publisher recommends, 0..1. */
  readonly tau: number;
  readonly dataset: string | null;
}

/** A version as the registry tells of it. */
export interface OfferedVersion {
  readonly reference: string;
  readonly tau: number;
  readonly dataset: string | null;
  /** Null where no module can be cut. */
  readonly ratesDigest: string | null;
  readonly classes: readonly { readonly index: number; readonly name: string }[];
}

/** Each candidate is asked for some prices; more would keep a reader waiting. */
export const mostCandidates = 20;

/**
 * The versions that have every wanted class by its very name and can be cut, each once, in the order given.
 *
 * @param wanted names of classes, at least one
 */
export function candidatesFor(
  wanted: readonly string[],
  versions: readonly OfferedVersion[],
): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  for (const { reference, tau, dataset, ratesDigest, classes } of versions) {
    if (found.size === mostCandidates) break;
    const positions = positionsOf(wanted, classes);
    if (ratesDigest !== null && positions !== undefined && !found.has(reference))
      found.set(reference, { of: reference, classes: positions, tau, dataset });
  }
  return [...found.values()];
}

/** Output positions of the classes of these names, ascending; undefined where one of them is missing. */
export function positionsOf(
  wanted: readonly string[],
  classes: OfferedVersion['classes'],
): readonly number[] | undefined {
  const byName = new Map(classes.map(({ index, name }) => [name, index]));
  const positions = [...new Set(wanted)].map((name) => byName.get(name));
  const known = positions.filter((position) => position !== undefined);
  return known.length === positions.length ? known.sort((a, b) => a - b) : undefined;
}
