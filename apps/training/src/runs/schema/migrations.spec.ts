import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { expect, it } from 'vitest';
import { migrations } from '../migrations.js';
import * as schema from './index.js';

const folder = join(migrations.folder, 'meta');

/** The tool's own types are not to be had where it is not bundled. */
interface Snapshot {
  readonly id: string;
  readonly tables: Readonly<Record<string, unknown>>;
}
const tool = { generateDrizzleJson, generateMigration } as unknown as {
  readonly generateDrizzleJson: (
    schema: object,
    parent: string,
    filters: undefined,
    casing: string,
  ) => Snapshot;
  readonly generateMigration: (from: Snapshot, to: Snapshot) => Promise<readonly string[]>;
};

it('the migrations make the tables that the program speaks of', async () => {
  const last = readdirSync(folder)
    .filter((name) => name.endsWith('_snapshot.json'))
    .sort()
    .at(-1)!;
  const snapshot = JSON.parse(readFileSync(join(folder, last), 'utf8')) as Snapshot;
  const now = tool.generateDrizzleJson(schema, snapshot.id, undefined, 'snake_case');
  expect(Object.keys(now.tables).length).toBe(6);
  // Otherwise: npx drizzle-kit generate --config drizzle.config.json --name <what changes>, in apps/training.
  expect(await tool.generateMigration(snapshot, now)).toEqual([]);
});
