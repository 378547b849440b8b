import pg from 'pg';

export const modelCount = 1000;
export const classesPerModel = 10;

/**
 * Makes a thousand models of ten classes each out of one that was published, in the database itself. Their packages are the same, which no
 * search looks at.
 *
 * @param versionId of the published one
 */
export async function multiplyModels(databaseUrl: string, versionId: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const changes = `'owner', 'owner-' || (i % 37), 'model', 'model-' || i,
      'architecture_key', (array['vgg16', 'resnet18', 'mobilenet', 'lenet5'])[1 + i % 4],
      'newest_from', base.number + i, 'newest_usable_from', base.number + i,
      'newest_until', null, 'newest_usable_until', null`;
    await client.query(
      `insert into registry.versions
       select (jsonb_populate_record(null::registry.versions, to_jsonb(base) || jsonb_build_object(
         'number', base.number + i, 'id', base.id || '-' || i, 'draft_id', base.draft_id || '-' || i, ${changes}
       ))).*
       from registry.versions base, generate_series(1, $2::int) i where base.id = $1`,
      [versionId, modelCount],
    );
    await client.query(
      `insert into registry.modules
       select (jsonb_populate_record(null::registry.modules, to_jsonb(module) || jsonb_build_object(
         'number', nextval(pg_get_serial_sequence('registry.modules', 'number')),
         'version_id', base.id || '-' || i, 'publication', base.number + i,
         'bytes', 1000 + (random() * 1e7)::int, 'accuracy', random(), ${changes}
       ))).*
       from registry.modules module join registry.versions base on base.id = module.version_id,
         generate_series(1, $2::int) i
       where base.id = $1`,
      [versionId, modelCount],
    );
    await client.query(`update registry.clocks set value = value + $1`, [modelCount + 1]);
    await client.query('vacuum (analyze) registry.versions, registry.modules');
  } finally {
    await client.end();
  }
}
