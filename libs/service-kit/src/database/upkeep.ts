import type { PGlite } from '@electric-sql/pglite';
import type { Migrations } from './migrations.js';

/** A look at the log takes a millisecond. */
const changesPerLook = 50;
const maxLogBytes = 32 * 1024 * 1024;

/** For room that removed rows took, and for statistics: some 100 ms with ten thousand rows. */
const changesPerVacuum = 1000;

/**
 * What a PostgreSQL server does in processes of its own: the embedded one has none, and without checkpoints its log would grow for as long
 * as the service runs, without statistics its plans would be guesses.
 */
export class Upkeep {
  private changes = 0;

  private readonly tables: string;

  constructor(
    private readonly client: PGlite,
    { schemaName, busyTables }: Migrations,
  ) {
    this.tables = busyTables.map((name) => `${schemaName}.${name}`).join(', ');
  }

  async afterChange(): Promise<void> {
    this.changes += 1;
    const { changes } = this;
    try {
      if (changes % changesPerLook === 0 && (await this.logBytes()) > maxLogBytes)
        await this.client.exec('checkpoint');
      if (changes % changesPerVacuum === 0) await this.client.exec(`vacuum (analyze) ${this.tables}`);
    } catch {
      // The change before it is committed and must not look failed; a database without room says so at the next one.
    }
  }

  /** Since the last checkpoint. */
  private async logBytes(): Promise<number> {
    const { rows } = await this.client.query<{ bytes: number }>(
      `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::float8 as bytes from pg_control_checkpoint()`,
    );
    return rows[0]?.bytes ?? 0;
  }
}
