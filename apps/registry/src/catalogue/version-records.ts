import { type Store, withoutNulls } from '@moda/service-kit/database';
import { and, asc, eq, getTableColumns, inArray, type SQL } from 'drizzle-orm';
import type { ModelName, VersionRecord } from './catalogue.js';
import { versions } from './schema/index.js';

const columns = getTableColumns(versions);

/** Everything but what serves order and search. */
export const versionColumns = {
  id: columns.id,
  owner: columns.owner,
  model: columns.model,
  version: columns.version,
  digest: columns.digest,
  package: columns.package,
  signature: columns.signature,
  state: columns.state,
  stateMessage: columns.stateMessage,
  description: columns.description,
  runId: columns.runId,
  publishedBy: columns.publishedBy,
  publishedAt: columns.publishedAt,
  manifest: columns.manifest,
  architecture: columns.architecture,
  inputHeight: columns.inputHeight,
  inputWidth: columns.inputWidth,
  inputChannels: columns.inputChannels,
  dataset: columns.dataset,
  license: columns.license,
  parameters: columns.parameters,
  flops: columns.flops,
  weightsBytes: columns.weightsBytes,
  weightsDigest: columns.weightsDigest,
  ratesDigest: columns.ratesDigest,
  tau: columns.tau,
  accuracy: columns.accuracy,
};

type VersionRow = Pick<typeof versions.$inferSelect, keyof typeof versionColumns>;

export function toVersionRecord({
  inputHeight,
  inputWidth,
  inputChannels,
  ...row
}: VersionRow): VersionRecord {
  return { ...withoutNulls(row), input: { height: inputHeight, width: inputWidth, channels: inputChannels } };
}

/** The oldest first. */
export async function selectVersions(
  store: Store,
  where: SQL | undefined,
): Promise<readonly VersionRecord[]> {
  const rows = await store.select(versionColumns).from(versions).where(where).orderBy(asc(versions.number));
  return rows.map(toVersionRecord);
}

export async function versionById(store: Store, id: string): Promise<VersionRecord | undefined> {
  const [found] = await selectVersions(store, eq(versions.id, id));
  return found;
}

export async function versionByName(
  store: Store,
  { owner, model }: ModelName,
  version: string,
): Promise<VersionRecord | undefined> {
  const [found] = await selectVersions(
    store,
    and(eq(versions.owner, owner), eq(versions.model, model), eq(versions.version, version)),
  );
  return found;
}

export async function versionsById(
  store: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, VersionRecord>> {
  if (ids.length === 0) return new Map();
  const found = await selectVersions(store, inArray(versions.id, [...new Set(ids)]));
  return new Map(found.map((version) => [version.id, version]));
}
