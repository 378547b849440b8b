import { type CartParameters, readCart } from '../cart/cart-address';

/** What an address asks to be composed; the version's own threshold where none is given. */
export interface AskedChoice {
  readonly of: string;
  readonly classes: readonly number[];
  readonly tau: number | undefined;
}

/**
 * Reads `?of=owner/model@version&classes=0,3,5&tau=0.9`, the form of the cart's address; classes of other models are not composed with
 * these.
 *
 * @returns undefined where it names no classes
 */
export function readChoice(
  parameters: Readonly<Record<string, string | readonly string[] | undefined>>,
): AskedChoice | undefined {
  const one = (name: keyof CartParameters) => {
    const value = parameters[name];
    return typeof value === 'string' ? value : value?.[0];
  };
  const cart = readCart({ of: one('of'), classes: one('classes'), tau: one('tau') });
  const group = cart?.groups[0];
  return group === undefined ? undefined : { ...group, tau: cart?.tau };
}
