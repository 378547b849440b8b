import { desc, lt } from 'drizzle-orm';
import { z } from 'zod';
import { Cursors } from '../../database/cursors.js';
import type { Database } from '../../database/database.js';
import { pageOf } from '../../database/page.js';
import type { Logger } from '../../log/logger.js';
import type { AuditLog } from './audit-log.js';
import type { AuditTable } from './audit-table.js';

export interface AuditLogOptions {
  readonly database: Database;
  readonly table: AuditTable;
  readonly logger: Pick<Logger, 'error'>;
  readonly clock: () => Date;
}

/** The audit log in a table of the service's database. */
export function openAuditLog({ database, table, logger, clock }: AuditLogOptions): AuditLog {
  const cursors = new Cursors(['audit'], z.int().min(1));
  return {
    async write(entry) {
      const row = { ...entry, at: clock(), role: entry.role ?? null };
      try {
        await database.change(async (store) => {
          await store.insert(table).values(row);
        });
      } catch (error) {
        logger.error({ err: error, audit: row }, 'The audit log could not be written.');
      }
    },
    async entries(page) {
      const after = cursors.read(page);
      return database.read(async (store) => {
        const rows = await store
          .select()
          .from(table)
          .where(after === undefined ? undefined : lt(table.number, after))
          .orderBy(desc(table.number))
          .limit(page.first + 1);
        return pageOf(rows, page, await store.$count(table), ({ number, role, ...entry }) => ({
          item: { ...entry, role: role ?? undefined },
          cursor: cursors.write(number),
        }));
      });
    },
  };
}
