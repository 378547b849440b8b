import { describe, expect, it } from 'vitest';
import { type Queue, whyItWaits } from './why-it-waits.js';

const limits = { total: 4, perUser: 2 };
const of = (...users: string[]) => users.map((user) => ({ user }));

describe('why a run waits', () => {
  it.each<[string, Omit<Queue, 'limits'>, string]>([
    [
      'its user has as many as may be',
      { live: of('ada', 'ada', 'bob'), ahead: 3 },
      'It waits: 2 runs of ada are under way, and each user may have 2 at the same time.',
    ],
    [
      'there is no room, and others come first',
      { live: of('bob', 'bob', 'eve', 'eve'), ahead: 1 },
      'It waits: 4 runs are under way, and there is room for 4. 1 run is before it in the queue.',
    ],
    [
      'there is no room',
      { live: of('ada', 'bob', 'bob', 'eve'), ahead: 0 },
      'It waits: 4 runs are under way, and there is room for 4.',
    ],
    ['others come first', { live: of('ada'), ahead: 2 }, 'It waits: 2 runs are before it in the queue.'],
    ['it was submitted just now', { live: [], ahead: 0 }, 'It is the next to be started.'],
  ])('is told in words where %s', (_what, queue, sentence) => {
    expect(whyItWaits({ user: 'ada' }, { ...queue, limits })).toBe(sentence);
  });

  it('names one run as one', () => {
    const queue = { live: of('ada'), ahead: 0, limits: { total: 1, perUser: 1 } };
    expect(whyItWaits({ user: 'ada' }, queue)).toBe(
      'It waits: 1 run of ada is under way, and each user may have 1 at the same time.',
    );
  });
});
