import { type Store, withoutNulls } from '@moda/service-kit/database';
import { and, desc, eq, inArray, lte, type SQL } from 'drizzle-orm';
import { alias as named } from 'drizzle-orm/pg-core';
import type { AliasMove, AliasRecord, ModelName, VersionRecord } from '../catalogue.js';
import { nextNumber } from '../clock.js';
import { aliasMoves, versions } from '../schema/index.js';
import { versionByName, versionById } from '../version-records.js';
import { bestFirst } from './newest.js';

/** What a model's name alone means. */
export const latest = 'latest';

export interface AliasChange {
  readonly by: string;
  readonly at: Date;
  readonly reason: string | undefined;
}

const of = ({ owner, model }: ModelName, alias: string): SQL | undefined =>
  and(eq(aliasMoves.owner, owner), eq(aliasMoves.model, model), eq(aliasMoves.alias, alias));

async function lastMove(store: Store, where: SQL | undefined) {
  const [move] = await store
    .select({ toVersionId: aliasMoves.toVersionId, at: aliasMoves.at })
    .from(aliasMoves)
    .where(where)
    .orderBy(desc(aliasMoves.number))
    .limit(1);
  return move;
}

/** What an alias names, or named at a moment. */
export async function aliasedVersion(
  store: Store,
  name: ModelName,
  alias: string,
  at?: Date,
): Promise<VersionRecord | undefined> {
  const move = await lastMove(store, and(of(name, alias), at && lte(aliasMoves.at, at)));
  return move?.toVersionId == null ? undefined : versionById(store, move.toVersionId);
}

/** A move to where the alias stands already is none. */
async function move(
  store: Store,
  name: ModelName,
  alias: string,
  to: string | null,
  change: AliasChange,
): Promise<Date> {
  const last = await lastMove(store, of(name, alias));
  if (last !== undefined && last.toVersionId === to) return last.at;
  await store.insert(aliasMoves).values({
    owner: name.owner,
    model: name.model,
    alias,
    fromVersionId: last?.toVersionId,
    toVersionId: to,
    ...change,
  });
  return change.at;
}

export async function moveAlias(
  store: Store,
  name: ModelName,
  alias: string,
  to: string,
  change: AliasChange,
): Promise<AliasRecord | undefined> {
  // In turn with releases and yanks, which move `latest`.
  await nextNumber(store, 'publications');
  const version = await versionByName(store, name, to);
  if (version === undefined || version.state === 'yanked') return undefined;
  const movedAt = await move(store, name, alias, version.id, change);
  const { owner, model } = version;
  return { owner, model, alias, versionId: version.id, version: version.version, movedAt };
}

/** `latest` goes to a version that came or came back, unless that is older than what it names. */
export async function raiseLatest(store: Store, version: VersionRecord, change: AliasChange): Promise<void> {
  const current = await lastMove(store, of(version, latest));
  const candidates = [version.id, ...(current?.toVersionId == null ? [] : [current.toVersionId])];
  const [higher] = await store
    .select({ id: versions.id })
    .from(versions)
    .where(inArray(versions.id, candidates))
    .orderBy(desc(versions.versionKey), desc(versions.number))
    .limit(1);
  if (higher?.id === version.id) await move(store, version, latest, version.id, change);
}

/** `latest` leaves a yanked version for the highest that is released. */
export async function leaveLatest(store: Store, yanked: VersionRecord, change: AliasChange): Promise<void> {
  const current = await lastMove(store, of(yanked, latest));
  if (current?.toVersionId !== yanked.id) return;
  const [next] = await store
    .select({ id: versions.id })
    .from(versions)
    .where(
      and(
        eq(versions.owner, yanked.owner),
        eq(versions.model, yanked.model),
        eq(versions.state, 'released'),
        eq(versions.prerelease, false),
      ),
    )
    .orderBy(...bestFirst())
    .limit(1);
  await move(store, yanked, latest, next?.id ?? null, change);
}

/** By name. */
export async function aliases(store: Store, { owner, model }: ModelName): Promise<readonly AliasRecord[]> {
  const rows = await store
    .selectDistinctOn([aliasMoves.alias], {
      owner: aliasMoves.owner,
      model: aliasMoves.model,
      alias: aliasMoves.alias,
      versionId: versions.id,
      version: versions.version,
      movedAt: aliasMoves.at,
    })
    .from(aliasMoves)
    .leftJoin(versions, eq(versions.id, aliasMoves.toVersionId))
    .where(and(eq(aliasMoves.owner, owner), eq(aliasMoves.model, model)))
    .orderBy(aliasMoves.alias, desc(aliasMoves.number));
  return rows.flatMap(({ versionId, version, ...row }) =>
    versionId === null || version === null ? [] : [{ ...row, versionId, version }],
  );
}

export async function aliasHistory(
  store: Store,
  name: ModelName,
  alias: string,
): Promise<readonly AliasMove[]> {
  const from = named(versions, 'from_version');
  const to = named(versions, 'to_version');
  const rows = await store
    .select({
      alias: aliasMoves.alias,
      from: from.version,
      to: to.version,
      by: aliasMoves.by,
      at: aliasMoves.at,
      reason: aliasMoves.reason,
    })
    .from(aliasMoves)
    .leftJoin(from, eq(from.id, aliasMoves.fromVersionId))
    .leftJoin(to, eq(to.id, aliasMoves.toVersionId))
    .where(of(name, alias))
    .orderBy(desc(aliasMoves.number));
  return rows.map(withoutNulls);
}
