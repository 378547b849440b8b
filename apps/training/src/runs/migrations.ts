import { join } from 'node:path';
import type { Migrations } from '@moda/service-kit/database';

/** The same place from the sources and from what was built of them. */
export const migrations: Migrations = {
  schemaName: 'training',
  folder: join(import.meta.dirname, '..', '..', 'migrations'),
  busyTables: ['runs', 'events', 'journals', 'run_files'],
};
