import { count, text } from '@moda/service-kit/database';
import { registrySchema } from './registry-schema.js';

/**
 * Counters that number changes in the order in which they become visible. A change that takes a number holds the row until it is
 * committed, so changes of one kind happen one after another, and what has a number up to `value` was complete when it was read.
 */
export const clocks = registrySchema.table('clocks', {
  name: text().primaryKey(),
  value: count().notNull().default(0),
});
