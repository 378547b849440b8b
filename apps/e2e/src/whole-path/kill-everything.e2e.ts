import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all, statesOf, type Told, WholeSystem } from './whole-system.js';

// Fewer than a release is tried with (20): every kill of a training service costs a start of it.
const kills = Number(process.env['MODA_KILLS'] ?? 3);
const spec = { arch: 'lenet5', trainLimit: 200, batchSize: 50, epochs: 8 };
/** Before TensorFlow is loaded, between steps, while a checkpoint is written, while the model is. */
const longestLifeMs = 4000;

let system: WholeSystem;
let undisturbed: Outcome;

beforeAll(async () => {
  system = await WholeSystem.start();
  const id = await system.submit(spec);
  undisturbed = await outcomeOf(id, await all(system.follow(id)));
});
afterAll(() => system.close());

/** What is to be the same however often anything was killed. */
interface Outcome {
  readonly state: string | undefined;
  /** Digest of the weights. */
  readonly weights: string | undefined;
  readonly points: readonly unknown[];
}

async function outcomeOf(id: string, told: readonly Told[]): Promise<Outcome> {
  expect(told.map(({ sequence }) => sequence)).toEqual(told.map((_, index) => index + 1));
  const { run } = await system.ask<{ run: { artifacts: { name: string; digest: string }[] } }>(
    'query ($id: ID!) { run(id: $id) { artifacts { name digest } } }',
    { id },
  );
  const points = told.flatMap(({ kind, body }) => (kind === 'metric' ? [body] : []));
  return {
    state: statesOf(told).at(-1),
    weights: run.artifacts.find(({ name }) => name === 'model/weights.safetensors')?.digest,
    points: points.sort((a, b) => (a.step ?? 0) - (b.step ?? 0)),
  };
}

/** All services start again, and the run takes up its work. */
const patiencePerKillMs = 60_000;

describe('a run ends as an undisturbed one, and who follows it misses and repeats nothing', () => {
  it('has something to compare with', () => {
    expect(undisturbed).toMatchObject({
      state: 'succeeded',
      weights: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
    });
    expect(undisturbed.points).toHaveLength(32);
  });

  it.each([
    ['the gateway is killed', false],
    ['gateway, training service, registry and worker are killed at once', true],
  ])(
    'while %s at random moments',
    async (_what, everything) => {
      let done = 0;
      let runs = 0;
      while (done < kills) {
        runs += 1;
        const id = await system.submit(spec);
        let isOver = false;
        const following = all(system.follow(id)).finally(() => (isOver = true));
        while (done < kills) {
          await sleep(Math.random() * longestLifeMs);
          if (isOver) break;
          const killed = system.kill('gateway', ...(everything ? (['training', 'registry'] as const) : []));
          if (everything) system.killWorkers();
          await killed;
          await system.startMissing();
          done += 1;
        }
        expect(await outcomeOf(id, await following)).toEqual(undisturbed);
        expect(system.workers()).toEqual([]);
      }
      console.log(`${everything ? 'everything' : 'the gateway'}: ${done} kills in ${runs} runs`);
    },
    Math.max(300_000, kills * patiencePerKillMs),
  );
});
