import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cart, emptyCart } from './cart';
import { besidesCart, cartHref, cartQuery, readCart, thresholdOf } from './cart-address';

const parametersOf = (query: string) => Object.fromEntries(new URLSearchParams(query));
const cart: Cart = {
  groups: [
    { of: 'ada/digits@1.0.0', classes: [0, 3, 5] },
    { of: 'ada/letters@2.1.0', classes: [7, 8] },
  ],
  tau: 0.9,
};

describe('the address of a cart', () => {
  it('reads well', () => {
    expect(cartQuery(cart)).toBe('of=ada/digits@1.0.0&classes=0,3,5&also=ada/letters@2.1.0:7,8&tau=0.9');
    expect(cartHref({ groups: [{ of: 'ada/digits@1.0.0', classes: [4] }] })).toBe(
      '/cart?of=ada/digits@1.0.0&classes=4',
    );
    expect(cartHref(emptyCart)).toBe('/cart');
  });

  it('leaves room for what else the page shows, and hands it on', () => {
    const beside = besidesCart('?kb=300&of=ada/digits@1.0.0&classes=1&also=x&tau=0.5&mflops=20');
    expect(beside).toBe('kb=300&mflops=20');
    const address = cartHref({ groups: [{ of: 'ada/digits@1.1.0', classes: [4] }] }, beside);
    expect(address).toBe('/cart?of=ada/digits@1.1.0&classes=4&kb=300&mflops=20');
  });

  const name = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,8}$/);
  const version = fc.stringMatching(/^\d{1,3}\.\d{1,3}\.\d{1,3}(-[a-z]{1,4})?(\+[a-z]{1,4})?$/);
  const group = fc.record({
    of: fc.tuple(name, name, version).map(([owner, model, number]) => `${owner}/${model}@${number}`),
    classes: fc
      .uniqueArray(fc.nat({ max: 999 }), { minLength: 1, maxLength: 6 })
      .map((list) => list.toSorted((a, b) => a - b)),
  });
  const carts = fc.record(
    {
      groups: fc.uniqueArray(group, { minLength: 1, maxLength: 3, selector: ({ of }) => of }),
      tau: fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100),
    },
    { requiredKeys: ['groups'] },
  );

  it('is read back as the same cart', () => {
    fc.assert(
      fc.property(carts, (any) => {
        expect(readCart(parametersOf(cartQuery(any)))).toEqual(any);
      }),
    );
  });

  it('names no cart whatever else stands in it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (of, classes) => {
        const read = readCart({ of: `!${of}`, classes, also: classes });
        expect(read?.groups ?? []).not.toContainEqual(expect.objectContaining({ of: `!${of}` }));
      }),
    );
  });

  it.each([
    { of: 'ada/digits@1.0.0' },
    { of: 'ada/digits@1.0.0', classes: '' },
    { of: 'ada/digits', classes: '1' },
    { of: 'ada/digits@1.0.0', classes: 'cat' },
    { classes: '1,2' },
    {},
  ])('names no cart: %j', (parameters) => {
    expect(readCart(parameters)).toBeUndefined();
  });

  it('takes a class that is named twice once', () => {
    expect(readCart({ of: 'ada/digits@1.0.0', classes: '5,3,5' })?.groups[0]?.classes).toEqual([3, 5]);
  });
});

describe('thresholdOf', () => {
  it.each([
    ['0.9', 0.9],
    ['1', 1],
    ['0', undefined],
    ['1.5', undefined],
    ['', undefined],
    ['high', undefined],
    [null, undefined],
  ])('reads %j as %j', (text, tau) => {
    expect(thresholdOf(text)).toBe(tau);
  });
});
