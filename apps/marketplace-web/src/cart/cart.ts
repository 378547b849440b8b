/** Classes of one published version, by their output positions, ascending and without doubles. */
export interface CartGroup {
  /** `owner/model@version`. */
  readonly of: string;
  readonly classes: readonly number[];
}

/**
 * What somebody has put together. The first group is composed; classes of other models go with it as far as the registry's verdict says.
 */
export interface Cart {
  readonly groups: readonly CartGroup[];
  /** Threshold of all modules, 0..1; the version's own where it is left out. */
  readonly tau?: number | undefined;
}

export const emptyCart: Cart = { groups: [] };

/** How many classes a cart holds, of all models. */
export function cartSize(cart: Cart): number {
  return cart.groups.reduce((sum, { classes }) => sum + classes.length, 0);
}

export function holds(cart: Cart, of: string, classIndex: number): boolean {
  return cart.groups.some((group) => group.of === of && group.classes.includes(classIndex));
}

/** With the class, once. A model that is new to the cart comes last. */
export function withClass(cart: Cart, of: string, classIndex: number): Cart {
  const known = cart.groups.find((group) => group.of === of);
  if (known === undefined) return { ...cart, groups: [...cart.groups, { of, classes: [classIndex] }] };
  const classes = ascending([...known.classes, classIndex]);
  return { ...cart, groups: cart.groups.map((group) => (group === known ? { of, classes } : group)) };
}

/** Without the class; a model with no class left goes, and an empty cart forgets its threshold. */
export function withoutClass(cart: Cart, of: string, classIndex: number): Cart {
  const groups = cart.groups
    .map((group) =>
      group.of === of ? { of, classes: group.classes.filter((index) => index !== classIndex) } : group,
    )
    .filter(({ classes }) => classes.length > 0);
  return groups.length === 0 ? emptyCart : { ...cart, groups };
}

export function withoutModel(cart: Cart, of: string): Cart {
  const groups = cart.groups.filter((group) => group.of !== of);
  return groups.length === 0 ? emptyCart : { ...cart, groups };
}

/** The same classes, with this model as the one that is composed. */
export function composedFrom(cart: Cart, of: string): Cart {
  const first = cart.groups.filter((group) => group.of === of);
  return { ...cart, groups: [...first, ...cart.groups.filter((group) => group.of !== of)] };
}

export function atThreshold(cart: Cart, tau: number | undefined): Cart {
  return { groups: cart.groups, ...(tau !== undefined && { tau }) };
}

export function ascending(classes: readonly number[]): readonly number[] {
  return [...new Set(classes)].sort((a, b) => a - b);
}
