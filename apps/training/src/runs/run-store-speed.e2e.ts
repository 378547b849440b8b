import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '@moda/service-kit/database';
import { crowding } from '@moda/service-kit/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrations } from './migrations.js';
import { runStoreOn } from './open-run-store.js';
import type { RunOrder, RunStore } from './run-store.js';
import { claimed, point, reported, submitted } from './testing/contract/under-test.js';

const runCount = 1000;
const pointCount = 1000;
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
const compared = 20;
const maxListMs = 100;
const maxSeriesMs = 1000;

let folder: string;
let database: Database;
let store: RunStore;
const ids: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-runs-'));
  database = await openDatabase({ folder, migrations });
  store = runStoreOn(database, () => new Date());
  const begin = performance.now();
  for (let i = 0; i < runCount; i += 1)
    ids.push((await submitted(store, { experiment: `experiment ${i % 20}`, name: `run ${i}` })).id);
  // As `append` stores them; a million points one worker after another would take half an hour.
  await database.change(async (tables) => {
    await tables.execute(sql`insert into training.events (run, sequence, at, kind, step, measured)
      select run.number, 1 + step, now(), 'metric', step,
        (select array_agg(sin(step / 50.0 + metric) + random() / 10) from generate_series(1, ${metrics.length}) metric)
      from training.runs run cross join generate_series(1, ${pointCount}) step`);
    await tables.execute(sql`update training.runs set points = ${pointCount}, first_step = 1,
      last_step = ${pointCount}, last_sequence = ${pointCount + 1},
      metric_names = array[${sql.join(
        metrics.map((name) => sql`${name}`),
        sql`, `,
      )}]`);
  });
  await database.read((tables) => tables.execute(sql`vacuum (analyze) training.runs, training.events`));
  console.log(`${runCount} runs of ${pointCount} points stored in ${seconds(performance.now() - begin)}`);
}, 600_000);
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** The middle one of several times, over the crowding: what else the machine does is not what is measured. */
async function medianMs(name: string, work: () => Promise<unknown>, rounds = 7): Promise<number> {
  const times: number[] = [];
  const before = crowding();
  for (let round = 0; round < rounds; round += 1) {
    const begin = performance.now();
    await work();
    times.push(performance.now() - begin);
  }
  times.sort((a, b) => a - b);
  const median = times[Math.floor(rounds / 2)]!;
  const crowded = Math.max(before, crowding());
  console.log(
    `${name}: median ${median.toFixed(1)} ms, worst ${times.at(-1)!.toFixed(1)} ms, crowding ${crowded.toFixed(2)}`,
  );
  return median / crowded;
}

describe(`${runCount} runs of ${pointCount} points with ${metrics.length} metrics`, () => {
  it.each<RunOrder>(['newest', 'queue', 'mostAccurate'])(
    `are listed in the order %s within ${maxListMs} ms a page`,
    async (order) => {
      const { items } = await store.runs({}, order, { first: 50 });
      const after = items.at(-1)!.cursor;
      expect(items).toHaveLength(50);
      const first = await medianMs(`first page, ${order}`, () => store.runs({}, order, { first: 50 }));
      const second = await medianMs(`second page, ${order}`, () =>
        store.runs({}, order, { first: 50, after }),
      );
      expect(Math.max(first, second)).toBeLessThan(maxListMs);
    },
  );

  it(`are compared, ${compared} of them, within ${maxSeriesMs} ms`, async () => {
    const some = Array.from({ length: compared }, (_, i) => ids[i * 37]!);
    const found = await store.series(some, [], { points: 200 });
    expect(found).toHaveLength(compared * metrics.length);
    for (const { points } of found) expect(points.length).toBeGreaterThan(150);
    const all = await medianMs(`${compared} runs, 8 metrics, 200 points`, () =>
      store.series(some, [], { points: 200 }),
    );
    const one = await medianMs(`${compared} runs, 1 metric, 200 points`, () =>
      store.series(some, ['accuracy'], { points: 200 }),
    );
    const whole = await medianMs(`1 run, 8 metrics, whole`, () =>
      store.series([some[0]!], [], { points: 1000 }),
    );
    expect(Math.max(all, one, whole)).toBeLessThan(maxSeriesMs);
  });

  it('take what a worker reports, and its heartbeats', async () => {
    const worker = await claimed(store);
    let step = 0;
    const append = await medianMs('append of 25 points', () =>
      reported(
        store,
        worker,
        Array.from({ length: 25 }, () =>
          point((step += 1), Object.fromEntries(metrics.map((name) => [name, step]))),
        ),
      ),
    );
    const beat = await medianMs('heartbeat', () => store.beat(worker.run.id, worker.token, new Date()));
    expect(Math.max(append, beat)).toBeLessThan(250);
    expect((await store.events(worker.run.id, 2, 1000)).length).toBe(7 * 25);
  });
});
