import type { Store } from '@moda/service-kit/database';
import type { ModuleFacts, VersionRecord } from '../catalogue.js';
import { modules } from '../schema/index.js';
import { wordsOf } from '../words.js';

/** A statement takes 65,535 values. */
const rowsPerStatement = 1000;

export async function addModules(
  store: Store,
  version: VersionRecord,
  listed: Listed,
  facts: readonly ModuleFacts[],
): Promise<void> {
  const { owner, model, dataset, architecture, description } = version;
  const about = wordsOf(owner, model, dataset, architecture, description);
  const rows = facts.map((module) => {
    const classWords = wordsOf(module.className);
    const words = [...new Set([...classWords, ...about])];
    return { ...module, ...listed, versionId: version.id, classWords, words };
  });
  // Numbers fall with the class, so that the newest first are the classes in order.
  rows.sort((a, b) => b.classIndex - a.classIndex);
  for (let start = 0; start < rows.length; start += rowsPerStatement)
    await store.insert(modules).values(rows.slice(start, start + rowsPerStatement));
}

/** What modules have of their version for searches. */
export type Listed = Pick<
  typeof modules.$inferInsert,
  | 'publication'
  | 'owner'
  | 'model'
  | 'datasetKey'
  | 'architectureKey'
  | 'licenseKey'
  | 'inputHeight'
  | 'inputWidth'
  | 'inputChannels'
  | 'state'
>;
