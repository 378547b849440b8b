import { ModaError } from '@moda/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_OPERATORS } from './limits.js';
import { topologicalOrder } from './topological-order.js';

interface Node {
  readonly name: string;
  readonly inputs: readonly string[];
}

/** Operators in a right order: each takes some of those before it. */
const ordered: fc.Arbitrary<Node[]> = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 12 })
  .map((rows) =>
    rows.map((picks, i) => ({
      name: `n${i}`,
      inputs: i === 0 ? ['input'] : picks.map((pick) => `n${pick % i}`),
    })),
  );

describe('topologicalOrder', () => {
  it('leaves a right order as it is', () => {
    fc.assert(
      fc.property(ordered, (nodes) => {
        expect(topologicalOrder(nodes)).toEqual(nodes);
      }),
    );
  });

  it('puts every input before its use, whatever order the operators come in', () => {
    const shuffled = ordered.chain((nodes) => fc.shuffledSubarray(nodes, { minLength: nodes.length }));
    fc.assert(
      fc.property(shuffled, (nodes) => {
        const result = topologicalOrder(nodes);
        expect(new Set(result)).toEqual(new Set(nodes));
        const place = new Map(result.map(({ name }, i) => [name, i]));
        for (const { name, inputs } of result) {
          for (const input of inputs) expect(place.get(input) ?? -1).toBeLessThan(place.get(name) ?? -1);
        }
      }),
    );
  });

  it('names the operators of a loop, and only those', () => {
    const nodes = [
      { name: 'in', inputs: ['input'] },
      { name: 'a', inputs: ['in', 'c'] },
      { name: 'b', inputs: ['a'] },
      { name: 'c', inputs: ['b'] },
    ];
    expect(() => topologicalOrder(nodes)).toThrow(
      new ModaError(
        'ARCHITECTURE_CYCLE',
        'The operators form a loop, each taking the next as its input: a <- c <- b <- a; break it.',
        { loop: ['a', 'c', 'b', 'a'] },
      ),
    );
  });

  it('follows the longest chain that is taken, listed backwards', () => {
    const backwards = Array.from({ length: MAX_OPERATORS }, (_, i) => ({
      name: `n${i}`,
      inputs: [`n${i + 1}`],
    }));
    expect(topologicalOrder(backwards)).toEqual(backwards.toReversed());
  });
});
