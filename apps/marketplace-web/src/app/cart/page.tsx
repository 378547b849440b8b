import type { Metadata } from 'next';
import { readCart } from '../../cart/cart-address';
import { CartPage } from '../../cart/cart-page';
import { cartVersion, priceOfSet, verdictOn } from '../../cart/cart-questions';
import { cartOfRequest } from '../../server/cart-of-request';
import { FirstPaint } from '../../server/first-paint';

export const metadata: Metadata = { title: 'Cart' };

type Query = Readonly<Partial<Record<string, string | string[]>>>;

export default async function Page({ searchParams }: { readonly searchParams: Promise<Query> }) {
  const query = await searchParams;
  const single = Object.fromEntries(Object.entries(query).filter(([, value]) => typeof value === 'string'));
  const cart = readCart(single) ?? (await cartOfRequest());
  const [first, ...others] = cart?.groups ?? [];
  return (
    <FirstPaint
      ask={(queries, gateway) =>
        first === undefined
          ? []
          : [
              queries.query(cartVersion(gateway, first.of)),
              queries.query(priceOfSet(gateway, { ...first, tau: cart?.tau })),
              ...others.flatMap(({ of }) => [
                queries.query(cartVersion(gateway, of)),
                queries.query(verdictOn(gateway, first.of, of)),
              ]),
            ]
      }
    >
      <CartPage />
    </FirstPaint>
  );
}
