import { randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '@moda/service-kit/database';
import { sql } from 'drizzle-orm';
import { append, journalOffset } from './appending.js';
import { beat, claim, claimNext, liveRuns } from './claiming.js';
import { listExperiments, listRuns } from './listing.js';
import { migrations } from './migrations.js';
import { annotate, explain, move, requestCancel } from './moving.js';
import { readEvents, transitions } from './reading-events.js';
import { findRun } from './run-rows.js';
import type { RunStore } from './run-store.js';
import { readSeries } from './series.js';
import { submit } from './submitting.js';

export interface RunStoreOptions {
  /** `postgres://user:password@host:port/database` */
  readonly databaseUrl?: string;
  /** Of the embedded database, which is this process's alone; not looked at where there is an address. Without either, memory. */
  readonly dataFolder?: string;
  /** When something happened. */
  readonly now?: () => Date;
}

/**
 * Opens the memory of all runs and brings its tables up to date.
 *
 * @throws ModaError DATABASE_URL_INVALID, DATABASE_REFUSED, DATABASE_UNREACHABLE, DATABASE_NEWER; of the embedded database also
 *   DATABASE_LOCKED, DATABASE_DAMAGED
 */
export async function openRunStore(options: RunStoreOptions = {}): Promise<RunStore> {
  return runStoreOn(await openTrainingDatabase(options), options.now ?? (() => new Date()));
}

/** The database of runs and of who may have them. Throws as `openRunStore` does. */
export async function openTrainingDatabase({
  databaseUrl,
  dataFolder,
}: Omit<RunStoreOptions, 'now'>): Promise<Database> {
  return openDatabase({
    migrations,
    ...(databaseUrl === undefined ? {} : { url: databaseUrl }),
    ...(dataFolder === undefined ? {} : { folder: dataFolder }),
  });
}

export function runStoreOn(database: Database, now: () => Date): RunStore {
  return {
    submit: (request) => database.change((store) => submit(store, request, { id: randomUUID(), at: now() })),

    run: (id) => database.read((store) => findRun(store, id)),
    runs: (criteria, order, page) => database.read((store) => listRuns(store, criteria, order, page)),
    experiments: () => database.read(listExperiments),
    transitions: (id) => database.read((store) => transitions(store, id)),
    live: () => database.read((store) => liveRuns(store)),
    stale: (olderThan) => database.read((store) => liveRuns(store, olderThan)),

    move: (id, expected, to, reason, changes) =>
      database.change((store) => move(store, id, expected, { to, reason, at: now() }, changes)),
    explain: (id, state, reason) => database.change((store) => explain(store, id, state, reason, now())),
    requestCancel: (id, reason) => database.change((store) => requestCancel(store, id, reason, now())),
    annotate: (id, annotations) => database.change((store) => annotate(store, id, annotations)),

    claimNext: (next) => database.change((store) => claimNext(store, next, now())),
    claim: (id, chosen) => database.change((store) => claim(store, id, chosen, now())),
    beat: (id, token, at) => database.change((store) => beat(store, id, token, at)),

    journalOffset: (id, file) => database.read((store) => journalOffset(store, id, file)),
    append: (id, token, from, bodies, nextOffset) =>
      database.change((store) => append(store, id, { token, from, bodies, nextOffset, at: now() })),

    events: (id, after, limit, kinds) => database.read((store) => readEvents(store, id, after, limit, kinds)),
    series: (ids, names, options) => database.read((store) => readSeries(store, ids, names, options)),

    ping: () =>
      database.read(async (store) => {
        await store.execute(sql`select 1`);
      }),
    close: () => database.close(),
  };
}
