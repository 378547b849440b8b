// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Cart, emptyCart } from './cart';
import { createCartStore } from './cart-store';

const cart: Cart = { groups: [{ of: 'ada/digits@1.0.0', classes: [0, 3] }], tau: 0.8 };

beforeEach(() => {
  localStorage.clear();
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('the cart of a browser', () => {
  it('is there again in the next page', () => {
    createCartStore(window).write(cart);
    expect(createCartStore(window).read()).toEqual(cart);
  });

  it('is the same object while it does not change', () => {
    const store = createCartStore(window);
    store.write(cart);
    expect(store.read()).toBe(store.read());
  });

  it('tells of changes until nobody listens', () => {
    const store = createCartStore(window);
    const listener = vi.fn();
    const end = store.subscribe(listener);
    store.write(cart);
    end();
    store.write(emptyCart);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('follows another tab', () => {
    const store = createCartStore(window);
    const listener = vi.fn();
    store.subscribe(listener);
    const newValue = 'of=ada/letters@1.0.0&classes=2';
    window.dispatchEvent(new StorageEvent('storage', { key: 'moda.cart', newValue }));
    expect(listener).toHaveBeenCalledTimes(1);
    expect(store.read().groups).toEqual([{ of: 'ada/letters@1.0.0', classes: [2] }]);
  });

  it('is empty where something else was kept under its name', () => {
    localStorage.setItem('moda.cart', '{"groups":1}');
    expect(createCartStore(window).read()).toEqual(emptyCart);
  });

  it('lasts as long as the page where the browser keeps nothing', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const store = createCartStore(window);
    store.write(cart);
    expect(store.read()).toEqual(cart);
  });
});
