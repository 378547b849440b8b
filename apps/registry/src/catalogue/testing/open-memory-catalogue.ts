import { openMemoryDatabase } from '@moda/service-kit/testing';
import type { Catalogue } from '../catalogue.js';
import { migrations } from '../database/migrations.js';
import { catalogueOn } from '../open-catalogue.js';

/** A catalogue in memory, quickly there. */
export async function openMemoryCatalogue(now: () => Date = () => new Date()): Promise<Catalogue> {
  return catalogueOn(await openMemoryDatabase(migrations), now);
}
