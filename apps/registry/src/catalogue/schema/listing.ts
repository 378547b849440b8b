import { byteOrderedText, count, text } from '@moda/service-kit/database';
import { integer } from 'drizzle-orm/pg-core';
import type { VersionState } from '../catalogue.js';

/**
 * What searches ask of a version. Modules have a copy of it, which changes in the same transaction: a search then reads one table, whose
 * plans are all quick enough, where a join of two has plans that are not.
 */
export const listing = () => ({
  owner: byteOrderedText().notNull(),
  model: byteOrderedText().notNull(),
  /** In lower case, as they are compared. */
  datasetKey: text(),
  architectureKey: text().notNull(),
  licenseKey: text().notNull(),
  inputHeight: integer().notNull(),
  inputWidth: integer().notNull(),
  inputChannels: integer().notNull(),
  state: text().$type<VersionState>().notNull(),
  /**
   * From and until which publication it was the newest of its model, so that a reader who pages sees the state of the first page.
   * Once among the released versions, once among those that are released or deprecated.
   */
  newestFrom: count(),
  newestUntil: count(),
  newestUsableFrom: count(),
  newestUsableUntil: count(),
});

/** How keys are made, of what is there and of what is asked. */
export const listingKey = (name: string): string => name.toLowerCase();
