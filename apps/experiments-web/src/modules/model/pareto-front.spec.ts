import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bargain, paretoFront } from './pareto-front';

const values = fc.integer({ min: 0, max: 6 });
const candidates = fc
  .array(fc.record({ price: values, gain: values }), { maxLength: 12 })
  .map((list) => list.map((one, index): Bargain => ({ id: String(index), ...one })));

function beats(a: Bargain, b: Bargain): boolean {
  return a.price <= b.price && a.gain >= b.gain && (a.price < b.price || a.gain > b.gain);
}

describe('the Pareto front', () => {
  it('has exactly those that nothing beats', () => {
    fc.assert(
      fc.property(candidates, (list) => {
        const unbeaten = list.filter((one) => !list.some((other) => beats(other, one)));
        expect([...paretoFront(list)].sort()).toEqual(unbeaten.map(({ id }) => id).sort());
      }),
    );
  });

  it('goes up in price and in gain', () => {
    fc.assert(
      fc.property(candidates, (list) => {
        const front = paretoFront(list).map((id) => list.find((one) => one.id === id)!);
        front.slice(1).forEach((one, index) => {
          expect(one.price).toBeGreaterThanOrEqual(front[index]!.price);
          expect(one.gain).toBeGreaterThanOrEqual(front[index]!.gain);
        });
      }),
    );
  });

  it('leaves out a threshold that is larger and no better', () => {
    expect(
      paretoFront([
        { id: '0.5', price: 0.056, gain: 0.945 },
        { id: '0.8', price: 0.035, gain: 0.947 },
        { id: '0.9', price: 0.027, gain: 0.945 },
      ]),
    ).toEqual(['0.9', '0.8']);
  });
});
