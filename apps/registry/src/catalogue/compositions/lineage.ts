import { rowsOf, type Store } from '@moda/service-kit/database';
import { inArray, sql } from 'drizzle-orm';
import type { Lineage, LineageEdge } from '../catalogue.js';
import { compositions, lineageEdges, versions } from '../schema/index.js';
import { selectVersions } from '../version-records.js';
import { selectCompositions } from './composition-records.js';

/** Everything above a digest and everything below it; a digest that nothing is known of stands alone. */
export async function lineage(store: Store, digest: string): Promise<Lineage> {
  // `union` drops what was found before, so that even a circle, which only a false manifest can claim, has an end.
  const edges = await rowsOf<LineageEdge>(
    store,
    sql`with recursive
      above (digest) as (
        select ${digest} union select edge.from_digest from ${lineageEdges} edge join above on edge.to_digest = above.digest
      ),
      below (digest) as (
        select ${digest} union select edge.to_digest from ${lineageEdges} edge join below on edge.from_digest = below.digest
      )
      select distinct edge.from_digest as "from", edge.to_digest as "to", edge.role as role from ${lineageEdges} edge
      where edge.to_digest in (select digest from above) or edge.from_digest in (select digest from below)
      order by 1, 2, 3`,
  );
  const digests = [...new Set([digest, ...edges.flatMap(({ from, to }) => [from, to])])];
  const versionsOf = firstByDigest(await selectVersions(store, inArray(versions.digest, digests)));
  const compositionsOf = firstByDigest(
    await selectCompositions(store, inArray(compositions.digest, digests)),
  );
  const nodes = digests.map((each) => ({
    digest: each,
    version: versionsOf.get(each),
    composition: compositionsOf.get(each),
  }));
  return { nodes, edges };
}

function firstByDigest<T extends { readonly digest: string | undefined }>(
  records: readonly T[],
): ReadonlyMap<string | undefined, T> {
  // The last of equal keys would stay.
  return new Map([...records].reverse().map((record) => [record.digest, record]));
}
