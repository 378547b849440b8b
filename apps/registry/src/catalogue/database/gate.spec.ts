import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Gate } from './gate.js';

it('those together never meet one alone, nobody is left outside, and who came first is in first', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ alone: fc.boolean(), ms: fc.nat(3), fails: fc.boolean() }), { maxLength: 12 }),
      async (visitors) => {
        const gate = new Gate();
        const inside = new Set<number>();
        const entered: number[] = [];
        const visits = visitors.map(({ alone, ms, fails }, i) => {
          const work = async () => {
            entered.push(i);
            const others = [...inside].map((each) => visitors[each]!);
            expect(alone ? others : others.filter((other) => other.alone)).toEqual([]);
            inside.add(i);
            await sleep(ms);
            inside.delete(i);
            if (fails) throw new Error('failed inside');
            return i;
          };
          return alone ? gate.single(work) : gate.together(work);
        });
        const outcomes = await Promise.allSettled(visits);
        expect(outcomes.map(({ status }) => status)).toEqual(
          visitors.map(({ fails }) => (fails ? 'rejected' : 'fulfilled')),
        );
        expect(entered).toEqual(visitors.map((_, i) => i));
      },
    ),
    { numRuns: 40 },
  );
});

it('those together are inside at the same time', async () => {
  const gate = new Gate();
  let inside = 0;
  let most = 0;
  const visit = async () => {
    most = Math.max(most, (inside += 1));
    await sleep(5);
    inside -= 1;
  };
  await Promise.all([gate.together(visit), gate.together(visit), gate.together(visit)]);
  expect(most).toBe(3);
});
