import { PGlite } from '@electric-sql/pglite';

/**
 * Memory: what PGlite takes by itself (128 MiB) is more than all rows of most services. Disk: of its log it would keep 80 MiB, and a
 * gigabyte between two checkpoints.
 */
const settings = ['shared_buffers=32MB', 'min_wal_size=32MB', 'max_wal_size=64MB'];

/** How the embedded database is started. */
export const startParams: string[] = [
  ...PGlite.defaultStartParams,
  ...settings.flatMap((setting) => ['-c', setting]),
];
