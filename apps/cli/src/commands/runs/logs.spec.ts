import { describe, expect, it } from 'vitest';
import { eventBodies, eventsOf, pageOf, sampleRun } from '../../runs/testing/sample-runs.js';
import { workplace } from '../../testing/at-gateway.js';

const { start, run } = workplace();

const id = sampleRun().id;
const events = eventsOf([
  ['log', eventBodies.log('The first line.')],
  ['metric', eventBodies.metric(1, { total: 1 })],
  ['log', eventBodies.log('Slow.', 'warning')],
  ['metric', eventBodies.metric(2, { total: 1 })],
  ['log', eventBodies.log('The last line.')],
]);

/** A run whose first `known` events have happened when it is asked; the others are told as they come. */
function running(known: number) {
  let over = false;
  return {
    run: () => (over ? sampleRun({ lastSequence: 5 }) : sampleRun({ state: 'running', lastSequence: known })),
    runs: pageOf([]),
    runEvents: ({ after, first }: { after: number; first?: number }) => {
      if (first === undefined) return told(after);
      const found = events.filter(
        ({ sequence, kind }) => kind === 'log' && sequence > after && sequence <= known,
      );
      const page = found.slice(0, 1);
      return { events: page, endSequence: page.at(-1)?.sequence ?? after, hasMore: found.length > 1 };
    },
  };
  async function* told(after: number) {
    for (const event of events.slice(after)) yield { runEvents: event };
    over = true;
  }
}

const lines = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^\S+ {2}/, ''));

describe('moda runs logs', () => {
  it('prints what there is, page after page', async () => {
    await start(running(5));
    const { code, out } = await run(['runs', 'logs', id]);
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe('2026-05-01T10:00:00.000Z  The first line.');
    expect(lines(out)).toEqual(['The first line.', 'WARNING  Slow.', 'The last line.']);
  });

  it.each(['-f', '--follow'])('goes on with what comes with %s, each line once', async (follow) => {
    const gateway = await start(running(4));
    const { code, out } = await run(['runs', 'logs', id, follow]);
    expect(code).toBe(0);
    expect(lines(out)).toEqual(['The first line.', 'WARNING  Slow.', 'The last line.']);
    expect(gateway.asked.find(({ operation }) => operation === 'RunEvents')?.variables).toEqual({
      id,
      after: 4,
    });
  });

  it('is a document with --json and a table with --csv', async () => {
    await start(running(5));
    const { out } = await run(['runs', 'logs', id, '--json']);
    expect(JSON.parse(out)).toMatchObject({
      runId: id,
      lines: [
        { sequence: 1, text: 'The first line.', level: 'info', attempt: 1 },
        { sequence: 3 },
        { sequence: 5 },
      ],
    });
    expect((await run(['runs', 'logs', id, '--csv'])).out).toContain(
      '3,2026-05-01T10:00:02.000Z,1,warning,Slow.\n',
    );
  });

  it('of a run without lines prints nothing', async () => {
    await start(running(0));
    expect(await run(['runs', 'logs', id])).toEqual({ code: 0, out: '', err: '' });
  });
});
