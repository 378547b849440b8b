import { findPostgres, type PostgresServer, startPostgres } from '@moda/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all, statesOf, type Told, WholeSystem } from './whole-system.js';

const required = (process.env['MODA_REQUIRE'] ?? '').split(',').includes('postgres');
const hasPostgres = required || (await findPostgres()) !== undefined;

describe.each([
  ['the embedded database', '', true],
  ['PostgreSQL', ' [needs postgres]', hasPostgres],
])('the whole path over the wire on %s%s', (database, _needs, present) => {
  describe.skipIf(!present)('through the gateway', () => {
    let postgres: PostgresServer | undefined;
    let system: WholeSystem;

    beforeAll(async () => {
      postgres = database === 'PostgreSQL' ? await startPostgres() : undefined;
      system = await WholeSystem.start({ databaseUrl: postgres?.url });
    });
    afterAll(async () => {
      await system.close();
      await postgres?.stop();
    });

    it('a run is submitted, told live, cancelled, resumed, published, and found with its modules', async () => {
      const first = await system.submit({ arch: 'lenet5', trainLimit: 200, batchSize: 50, epochs: 60 });
      const told: Told[] = [];
      for await (const event of system.follow(first)) {
        told.push(event);
        if (event.kind === 'checkpoint' && told.filter(({ kind }) => kind === 'checkpoint').length === 2)
          await system.ask(
            `mutation ($ids: [ID!]!) { cancelRuns(ids: $ids) { ... on Run { id } ... on Problem { code } } }`,
            { ids: [first] },
          );
      }
      expect(statesOf(told).at(-1)).toBe('cancelled');
      expect(system.workers()).toEqual([]);

      const { resumeRun } = await system.ask<{ resumeRun: { created: boolean; run: { id: string } } }>(
        `mutation ($id: ID!) { resumeRun(id: $id) { ... on Submission { created run { id } } ... on Problem { code message } } }`,
        { id: first },
      );
      expect(resumeRun.created).toBe(true);
      const { id } = resumeRun.run;
      const resumed = await all(system.follow(id));
      expect(statesOf(resumed).at(-1)).toBe('succeeded');
      // It went on: the points before its checkpoint are those of the run it comes from.
      const steps = resumed.flatMap(({ body }) => body.step ?? []);
      expect(steps[0]).toBeGreaterThan(4);
      expect(steps.at(-1)).toBe(240);

      const { publishRun } = await system.ask<{ publishRun: { reference: string } }>(
        `mutation ($id: ID!) { publishRun(input: { id: $id, owner: "ada", model: "digits", version: "1.0.0", license: "MIT" }) {
          ... on Publication { reference } ... on Problem { code message } } }`,
        { id },
      );
      expect(publishRun).toEqual({ reference: 'ada/digits@1.0.0' });
      expect(
        await system.ask(
          `query ($id: ID!) { run(id: $id) { state parent { id } versions { reference } }
            version(owner: "ada", model: "digits") { modules { className } run { id parent { id state } } } }`,
          { id },
        ),
      ).toEqual({
        run: { state: 'succeeded', parent: { id: first }, versions: [{ reference: 'ada/digits@1.0.0' }] },
        version: {
          modules: Array.from('0123456789', (className) => ({ className })),
          run: { id, parent: { id: first, state: 'cancelled' } },
        },
      });
    });
  });
});
