import { bigint, customType, timestamp } from 'drizzle-orm/pg-core';

// PostgreSQL cannot hold the character 0 in a text; a name with one must not become an outage.
const withoutZeros = (text: string): string => text.replaceAll('\0', '\u{FFFD}');

export const text = customType<{ data: string }>({
  dataType: () => 'text',
  toDriver: withoutZeros,
});

/** A text in the order of its bytes, whatever the language of the database: for what pages are sorted by. */
export const byteOrderedText = customType<{ data: string }>({
  dataType: () => 'text collate "C"',
  toDriver: withoutZeros,
});

/** Counts and bytes; exact up to 2^53. */
export const count = () => bigint({ mode: 'number' });

export const moment = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });
