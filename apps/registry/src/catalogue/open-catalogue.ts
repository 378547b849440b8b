import { randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '@moda/service-kit/database';
import { eq, sql } from 'drizzle-orm';
import type { Catalogue } from './catalogue.js';
import { withUnreferenced } from './collection.js';
import { completeComposition, findComposition, noteComposition } from './compositions/compositions.js';
import { selectCompositions } from './compositions/composition-records.js';
import { lineage } from './compositions/lineage.js';
import { withCollector } from './database/catalogue-database.js';
import { migrations } from './database/migrations.js';
import { findModule, modulesOf } from './module-records.js';
import { aliasedVersion, aliases, aliasHistory, moveAlias } from './publishing/aliases.js';
import { abandon, announce, expireDrafts, findDraft } from './publishing/drafts.js';
import { release } from './publishing/release.js';
import { setState } from './publishing/set-state.js';
import { compositions, versions } from './schema/index.js';
import { facets } from './search/facets.js';
import { compositionsOf, modelNames, versionsOf } from './search/lists.js';
import { searchModules, searchVersions } from './search/search.js';
import { countUse, usesOf } from './uses/uses.js';
import { selectVersions, versionById, versionByName } from './version-records.js';

export interface CatalogueOptions {
  /** `postgres://user:password@host:port/database` */
  readonly databaseUrl?: string;
  /** Of the embedded database, which is this process's alone; not looked at where there is an address. Without either, memory. */
  readonly dataFolder?: string;
  /** When a draft was announced. */
  readonly now?: () => Date;
}

/**
 * Opens the registry's memory and brings its tables up to date.
 *
 * @throws ModaError DATABASE_URL_INVALID, DATABASE_REFUSED, DATABASE_UNREACHABLE, DATABASE_NEWER; of the embedded database also
 *   DATABASE_LOCKED, DATABASE_DAMAGED
 */
export async function openCatalogue(options: CatalogueOptions = {}): Promise<Catalogue> {
  return catalogueOn(await openRegistryDatabase(options), options.now ?? (() => new Date()));
}

/** The database of the catalogue and of who changed it. Throws as `openCatalogue` does. */
export async function openRegistryDatabase({
  databaseUrl,
  dataFolder,
}: Omit<CatalogueOptions, 'now'>): Promise<Database> {
  return openDatabase({
    migrations,
    ...(databaseUrl === undefined ? {} : { url: databaseUrl }),
    ...(dataFolder === undefined ? {} : { folder: dataFolder }),
  });
}

export function catalogueOn(opened: Database, now: () => Date): Catalogue {
  const database = withCollector(opened);
  return {
    announce: (request) =>
      database.refer((store) => announce(store, request, { id: randomUUID(), createdAt: now() })),
    draft: (id) => database.read((store) => findDraft(store, id)),
    abandon: (id) => database.change((store) => abandon(store, id)),
    release: (draftId, facts, at) =>
      database.change((store) => release(store, draftId, facts, { id: randomUUID(), at })),

    version: (name, selector) =>
      database.read((store) =>
        selector.kind === 'version'
          ? versionByName(store, name, selector.version)
          : aliasedVersion(store, name, selector.alias),
      ),
    versionById: (id) => database.read((store) => versionById(store, id)),
    versionsByDigest: (digest) =>
      database.read((store) => selectVersions(store, eq(versions.digest, digest))),
    versionsOf: (name, page) => database.read((store) => versionsOf(store, name, page)),
    modelNames: (page) => database.read((store) => modelNames(store, page)),
    moduleById: (id) => database.read((store) => findModule(store, id)),
    versionsOfRun: (runId) => database.read((store) => selectVersions(store, eq(versions.runId, runId))),
    modulesOf: (versionId) => database.read((store) => modulesOf(store, versionId)),

    searchModules: (criteria, order, page) =>
      database.read((store) => searchModules(store, criteria, order, page)),
    searchVersions: (criteria, order, page) =>
      database.read((store) => searchVersions(store, criteria, order, page)),
    facets: () => database.read(facets),

    moveAlias: (name, alias, to, change) =>
      database.change((store) => moveAlias(store, name, alias, to, change)),
    aliases: (name) => database.read((store) => aliases(store, name)),
    aliasHistory: (name, alias) => database.read((store) => aliasHistory(store, name, alias)),
    aliasAt: (name, alias, at) => database.read((store) => aliasedVersion(store, name, alias, at)),
    setState: (versionId, state, message, change) =>
      database.change((store) => setState(store, versionId, state, message, change)),

    noteComposition: (composition, at) => database.refer((store) => noteComposition(store, composition, at)),
    composition: (id) => database.read((store) => findComposition(store, id)),
    compositionByDigest: (digest) =>
      database.read(async (store) => (await selectCompositions(store, eq(compositions.digest, digest)))[0]),
    compositionsOf: (versionId, page) => database.read((store) => compositionsOf(store, versionId, page)),
    completeComposition: (id, cut) => database.refer((store) => completeComposition(store, id, cut)),
    lineage: (digest) => database.read((store) => lineage(store, digest)),

    countUse: (use) => database.change((store) => countUse(store, use)),
    uses: (versionId, moment) => database.read((store) => usesOf(store, versionId, moment)),

    expireDrafts: (moment) => database.change((store) => expireDrafts(store, moment)),
    withUnreferenced: (digests, remove) => withUnreferenced(database, digests, remove),

    ping: () =>
      database.read(async (store) => {
        await store.execute(sql`select 1`);
      }),
    close: () => database.close(),
  };
}
