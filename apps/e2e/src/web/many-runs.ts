import pg from 'pg';

export const runCount = 1000;
export const pointCount = 1000;

const metrics = [
  'loss',
  'crossEntropy',
  'affinity',
  'dispersion',
  'compactness',
  'accuracy',
  'rate',
  'seconds',
];
export const metricCount = metrics.length;

/**
 * Makes a thousand runs of a thousand points with eight metrics out of one that has succeeded, in the database itself: a million points one worker after another would take
 * half an hour. Configurations repeat with ten seeds each.
 */
export async function multiplyRuns(databaseUrl: string, id: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ number: string }>(
      `insert into training.runs
       select (jsonb_populate_record(null::training.runs, to_jsonb(model) || jsonb_build_object(
         'number', nextval(pg_get_serial_sequence('training.runs', 'number')),
         'id', gen_random_uuid()::text,
         'name', 'run ' || i,
         'experiment', 'sweep ' || (i / 100),
         'idempotency_key', null,
         'created_at', model.created_at - make_interval(mins => i),
         'accuracy', 0.8 + 0.19 * random(),
         'points', $2::int, 'first_step', 1, 'last_step', $2::int, 'last_sequence', $2::int + 1,
         'metric_names', to_jsonb($3::text[]),
         'spec', model.spec || jsonb_build_object('seed', i % 10, 'alpha', 0.5 * ((i / 10) % 10), 'beta', 0.1 * (i / 100))
       ))).*
       from training.runs model, generate_series(1, $4::int) i where model.id = $1
       returning number`,
      [id, pointCount, metrics, runCount],
    );
    const numbers = rows.map(({ number }) => number);
    await client.query(
      `update training.runs set outcome = (outcome::jsonb || jsonb_build_object('accuracy', accuracy))
       where number = any($1::bigint[])`,
      [numbers],
    );
    await client.query(
      `insert into training.events (run, sequence, at, kind, step, epoch, measured)
       select run.number, 1 + step, now(), 'metric', step, step / 50.0,
         (select array_agg(sin(step / 50.0 + metric) + random() / 10) from generate_series(1, $2::int) metric)
       from training.runs run cross join generate_series(1, $3::int) step where run.number = any($1::bigint[])`,
      [numbers, metrics.length, pointCount],
    );
    await client.query('vacuum (analyze) training.runs, training.events');
  } finally {
    await client.end();
  }
}
