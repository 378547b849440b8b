import { openMemoryDatabase } from '@moda/service-kit/testing';
import { migrations } from '../migrations.js';
import { runStoreOn } from '../open-run-store.js';
import type { RunStore } from '../run-store.js';

/** A store in memory, quickly there. */
export async function openMemoryRunStore(now: () => Date = () => new Date()): Promise<RunStore> {
  return runStoreOn(await openMemoryDatabase(migrations), now);
}
