import { describe, expect, it } from 'vitest';
import {
  atThreshold,
  type Cart,
  cartSize,
  composedFrom,
  emptyCart,
  holds,
  withClass,
  withoutClass,
  withoutModel,
} from './cart';

const digits = 'ada/digits@1.0.0';
const letters = 'ada/letters@2.1.0';
const cart: Cart = { groups: [{ of: digits, classes: [0, 3] }], tau: 0.8 };

describe('a cart', () => {
  it('holds each class once, in the order of the model', () => {
    const more = withClass(withClass(cart, digits, 1), digits, 3);
    expect(more.groups).toEqual([{ of: digits, classes: [0, 1, 3] }]);
    expect(cartSize(more)).toBe(3);
    expect(holds(more, digits, 1)).toBe(true);
    expect(holds(more, letters, 1)).toBe(false);
  });

  it('keeps classes of another model beside the one that is composed', () => {
    const both = withClass(cart, letters, 7);
    expect(both.groups.map(({ of }) => of)).toEqual([digits, letters]);
    expect(composedFrom(both, letters).groups.map(({ of }) => of)).toEqual([letters, digits]);
    expect(withoutModel(both, digits).groups).toEqual([{ of: letters, classes: [7] }]);
  });

  it('forgets a model with its last class, and everything with the last model', () => {
    const both = withClass(cart, letters, 7);
    expect(withoutClass(both, letters, 7)).toEqual(cart);
    expect(withoutClass(withoutClass(cart, digits, 0), digits, 3)).toEqual(emptyCart);
  });

  it('is not changed by what is made of it', () => {
    withClass(cart, digits, 9);
    withoutClass(cart, digits, 0);
    expect(cart.groups).toEqual([{ of: digits, classes: [0, 3] }]);
  });

  it('takes a threshold, or goes back to the version’s own', () => {
    expect(atThreshold(cart, 0.5).tau).toBe(0.5);
    expect(atThreshold(cart, undefined)).toEqual({ groups: cart.groups });
  });
});
