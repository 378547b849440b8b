import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue } from '../catalogue.js';
import { describeAliases } from './contract/aliases.js';
import { describeCollecting } from './contract/collecting.js';
import { describeCompositions } from './contract/compositions.js';
import { describeLists } from './contract/lists.js';
import { describePaging } from './contract/paging.js';
import { describePublishing } from './contract/publishing.js';
import { describeSearching } from './contract/searching.js';
import type { CatalogueUnderTest } from './contract/under-test.js';

/** What every catalogue has to fulfil, whatever database it is on. Call it from a spec with a function that opens an empty one. */
export function describeCatalogue(name: string, open: () => Promise<CatalogueUnderTest>): void {
  describe(name, () => {
    let catalogue: Catalogue;
    beforeAll(async () => {
      const subject = await open();
      catalogue = subject.catalogue;
      return () => subject.close();
    });
    const opened = () => catalogue;

    it('is empty at first, and answers', async () => {
      await catalogue.ping();
      const none = { items: [], hasNext: false, totalEstimate: 0 };
      expect(await catalogue.searchModules({}, 'newest', { first: 10 })).toEqual(none);
      expect(await catalogue.searchVersions({}, 'mostUsed', { first: 10 })).toEqual(none);
      expect(await catalogue.modelNames({ first: 10 })).toEqual(none);
      expect(await catalogue.facets()).toEqual({
        classes: [],
        datasets: [],
        architectures: [],
        licenses: [],
      });
      expect(await catalogue.expireDrafts(new Date())).toBe(0);
    });

    describePublishing(opened);
    describeAliases(opened);
    describeLists(opened);
    describeSearching(opened);
    describePaging(opened);
    describeCompositions(opened);
    describeCollecting(opened);
  });
}
