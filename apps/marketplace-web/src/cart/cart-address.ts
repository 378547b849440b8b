import { ascending, type Cart, type CartGroup, emptyCart } from './cart';

/** What a query string can hold of a cart: read from `useSearchParams`, or from the properties of a page. */
export interface CartParameters {
  readonly of?: string | null | undefined;
  readonly classes?: string | null | undefined;
  readonly also?: string | null | undefined;
  readonly tau?: string | null | undefined;
}

const cartParameters: readonly string[] = ['of', 'classes', 'also', 'tau'] satisfies (keyof CartParameters)[];

/** No model of this house has more outputs, and no address of a browser holds more. */
const mostClasses = 1_000;
const reference = /^[a-z0-9][a-z0-9._-]{0,63}\/[a-z0-9][a-z0-9._-]{0,63}@[^\s/;:,@]{1,64}$/;

/**
 * The cart as a query string: `of=owner/model@version&classes=0,3,5&tau=0.9`, with the classes of other models in
 * `also=owner/other@version:1,2;…`. Empty for an empty cart.
 */
export function cartQuery(cart: Cart): string {
  const [first, ...others] = cart.groups;
  if (first === undefined) return '';
  const parts = [`of=${readable(first.of)}`, `classes=${first.classes.join(',')}`];
  if (others.length > 0)
    parts.push(`also=${others.map(({ of, classes }) => readable(`${of}:${classes.join(',')}`)).join(';')}`);
  if (cart.tau !== undefined) parts.push(`tau=${cart.tau}`);
  return parts.join('&');
}

/**
 * The address of the page that shows the cart, below the base path.
 *
 * @param beside a query string of what else the page shows
 */
export function cartHref(cart: Cart, beside = ''): string {
  const query = [cartQuery(cart), beside].filter((part) => part !== '').join('&');
  return query === '' ? '/cart' : `/cart?${query}`;
}

/** What an address holds beside the cart, as a query string: it stays while the cart changes. */
export function besidesCart(search: string): string {
  return [...new URLSearchParams(search)]
    .filter(([name]) => !cartParameters.includes(name))
    .map(([name, value]) => `${encodeURIComponent(name)}=${readable(value)}`)
    .join('&');
}

/** What of an address names a cart; anything else in it is passed over. Undefined where it names none. */
export function readCart(parameters: CartParameters): Cart | undefined {
  const groups = [
    groupOf(parameters.of, parameters.classes),
    ...(parameters.also ?? '').split(';').map((text) => groupOf(...splitAt(text, text.lastIndexOf(':')))),
  ].filter((group) => group !== undefined);
  const distinct = groups.filter(({ of }, at) => groups.findIndex((other) => other.of === of) === at);
  if (distinct.length === 0) return undefined;
  const tau = thresholdOf(parameters.tau);
  return { ...emptyCart, groups: distinct, ...(tau !== undefined && { tau }) };
}

/** The cart that such a query string names; empty where it names none. */
export function cartOfQuery(query: string): Cart {
  return readCart(Object.fromEntries(new URLSearchParams(query))) ?? emptyCart;
}

/** A threshold as text, 0..1 without 0 itself. */
export function thresholdOf(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined || text.trim() === '') return undefined;
  const tau = Number(text);
  return tau > 0 && tau <= 1 ? tau : undefined;
}

function groupOf(of: string | null | undefined, list: string | null | undefined): CartGroup | undefined {
  if (of == null || !reference.test(of)) return undefined;
  const classes = (list ?? '')
    .split(',')
    .filter((text) => /^\d{1,6}$/.test(text))
    .slice(0, mostClasses)
    .map(Number);
  return classes.length === 0 ? undefined : { of, classes: ascending(classes) };
}

function splitAt(text: string, at: number): [string, string] {
  return at < 0 ? ['', ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** Slashes, colons, commas and `@` mean nothing in a query and read better as they are. */
function readable(text: string): string {
  return encodeURIComponent(text).replace(/%(2F|40|3A|2C)/g, decodeURIComponent);
}
