import { beforeAll, describe, expect, it } from 'vitest';
import type { RunStore } from '../run-store.js';
import { describeClaiming } from './contract/claiming.js';
import { describeEvents } from './contract/events.js';
import { describeLists } from './contract/lists.js';
import { describeMoving } from './contract/moving.js';
import { describeSeries } from './contract/series.js';
import { describeSubmitting } from './contract/submitting.js';
import type { RunStoreUnderTest } from './contract/under-test.js';

export type { RunStoreUnderTest } from './contract/under-test.js';

/** What every store of runs has to fulfil, whatever database it is on. Call it with a function that opens an empty one. */
export function describeRunStore(name: string, open: () => Promise<RunStoreUnderTest>): void {
  describe(name, () => {
    let store: RunStore;
    beforeAll(async () => {
      const subject = await open();
      store = subject.store;
      return () => subject.close();
    });
    const opened = () => store;

    it('is empty at first, and answers', async () => {
      await store.ping();
      expect(await store.runs({}, 'newest', { first: 10 })).toEqual({
        items: [],
        hasNext: false,
        totalEstimate: 0,
      });
      expect(await store.experiments()).toEqual([]);
      expect(await store.live()).toEqual([]);
      expect(await store.run('none')).toBeUndefined();
      expect(await store.transitions('none')).toEqual([]);
      expect(await store.events('none', 0, 10)).toEqual([]);
      expect(await store.series(['none'], [], { points: 10 })).toEqual([]);
    });

    describeSubmitting(opened);
    describeMoving(opened);
    describeClaiming(opened);
    describeEvents(opened);
    describeSeries(opened);
    describeLists(opened);
  });
}
