import { isLaterRelease } from '../references/release-number';
import { readVersionReference } from '../references/version-reference';
import { ascending, type Cart, type CartGroup } from './cart';
import { namesOf } from './class-names';

interface NamedClass {
  readonly index: number;
  readonly name: string;
}

/** A version of a cart, with what the alias `latest` of its model names. */
export interface VersionWithLatest {
  readonly reference: string;
  readonly classes: readonly NamedClass[];
  readonly model: {
    readonly latest: {
      readonly reference: string;
      readonly version: string;
      readonly state: string;
      /** Null where no module can be cut. */
      readonly ratesDigest: string | null;
      readonly classes: readonly NamedClass[];
    } | null;
  } | null;
}

/** A release that came after the version that a cart holds. */
export interface NewerVersion {
  /** `owner/model@version`. */
  readonly reference: string;
  readonly version: string;
  /** The same classes of it; undefined where the cart cannot move to it. */
  readonly group: CartGroup | undefined;
  /** Names of the cart's classes that it does not have. */
  readonly without: readonly string[];
}

/** What a cart could move to; undefined where it holds the newest release. Classes are the same by their names: positions may change. */
export function newerVersion(group: CartGroup, version: VersionWithLatest): NewerVersion | undefined {
  const latest = version.model?.latest;
  const held = readVersionReference(version.reference)?.version;
  if (latest == null || latest.state !== 'released' || held === undefined) return undefined;
  if (!isLaterRelease(latest.version, held)) return undefined;
  const { reference } = latest;
  const positions = new Map(latest.classes.map(({ index, name }) => [name, index]));
  const names = group.classes.map(namesOf(version));
  const without = names.filter((name) => !positions.has(name));
  const classes = ascending(names.flatMap((name) => positions.get(name) ?? []));
  const goes = without.length === 0 && latest.ratesDigest !== null;
  return {
    reference,
    version: latest.version,
    group: goes ? { of: reference, classes } : undefined,
    without,
  };
}

/** The cart with one group in place of another; where it holds classes of that version already, the group joins them. */
export function withGroupInstead(cart: Cart, of: string, group: CartGroup): Cart {
  const there = cart.groups.find((other) => other.of === group.of && other.of !== of);
  const joined = { of: group.of, classes: ascending([...group.classes, ...(there?.classes ?? [])]) };
  return {
    ...cart,
    groups: cart.groups.filter((other) => other !== there).map((other) => (other.of === of ? joined : other)),
  };
}
