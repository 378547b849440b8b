import type { Store } from '@moda/service-kit/database';
import { eq, sql } from 'drizzle-orm';
import { clocks } from './schema/index.js';

export type ClockName = 'publications' | 'uses';

/** The next number; others who want one wait until this transaction has ended. */
export async function nextNumber(store: Store, name: ClockName): Promise<number> {
  const [row] = await store
    .insert(clocks)
    .values({ name, value: 1 })
    .onConflictDoUpdate({ target: clocks.name, set: { value: sql`${clocks.value} + 1` } })
    .returning({ value: clocks.value });
  return row!.value;
}

/** All changes up to this number can be seen, and none above it. */
export async function currentNumber(store: Store, name: ClockName): Promise<number> {
  const [row] = await store.select({ value: clocks.value }).from(clocks).where(eq(clocks.name, name));
  return row?.value ?? 0;
}
