import { customType } from 'drizzle-orm/pg-core';

/** Words as `wordsOf` gives them, ready for full text search. Written, never read back. */
export const wordVector = customType<{ data: readonly string[]; driverData: string }>({
  dataType: () => 'tsvector',
  // Letters and digits alone: nothing to escape.
  toDriver: (words) => words.map((word) => `'${word}'`).join(' '),
});
