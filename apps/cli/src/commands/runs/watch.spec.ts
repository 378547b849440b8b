import { describe, expect, it } from 'vitest';
import { eventBodies, eventsOf, pageOf, sampleRun } from '../../runs/testing/sample-runs.js';
import { workplace } from '../../testing/at-gateway.js';

const { start, run } = workplace();

const id = sampleRun().id;
const forever = () => new Promise(() => undefined);
/** Nothing is found by the beginning of an id. */
const none = { runs: pageOf([]) };

/** Interrupts as soon as something is written to standard error that holds these words. */
function interruptingAt(words: string) {
  let listener: (() => void) | undefined;
  let err = '';
  return {
    onInterrupt: (heard: () => void) => {
      listener = heard;
      return () => undefined;
    },
    stderr: {
      write: (text: string) => {
        err += text;
        if (err.includes(words)) {
          const interrupt = listener;
          listener = undefined;
          interrupt?.();
        }
      },
    },
    written: () => err,
  };
}

describe('moda runs watch', () => {
  it('of a run that is over shows what came of it', async () => {
    await start({ run: sampleRun(), ...none });
    const { code, out } = await run(['runs', 'watch', id]);
    expect(code).toBe(0);
    expect(out).toContain('reason         Training is done.');
  });

  it('tells what is new only, and warns of what the worker warns of', async () => {
    const events = eventsOf([
      ['state', eventBodies.state('running', 'starting', 'It was long ago.')],
      ['log', eventBodies.log('The disk is nearly full.', 'warning')],
      ['log', eventBodies.log('An ordinary line.')],
      ['state', eventBodies.state('succeeded', 'running', 'Training is done.')],
    ]);
    let asked = 0;
    await start({
      // Found, looked at, and over once its events have been told.
      run: () => sampleRun((asked += 1) < 3 ? { state: 'running', lastSequence: 1 } : { lastSequence: 4 }),
      async *runEvents({ after }: { after: number }) {
        for (const event of events.slice(after)) yield { runEvents: event };
      },
      ...none,
    });
    const { code, err, out } = await run(['runs', 'watch', id, '--json']);
    expect(code).toBe(0);
    expect(err).toContain('The disk is nearly full.');
    expect(err).not.toMatch(/It was long ago|An ordinary line/);
    expect(JSON.parse(out)).toMatchObject({ heard: { after: 1, until: 4, events: 3 } });
  });

  it('that is interrupted leaves the run alone, says how to come back, and ends with 130', async () => {
    const gateway = await start({
      run: sampleRun({ state: 'running', lastSequence: 6 }),
      ...none,
      async *runEvents() {
        const [event] = eventsOf([
          ['state', eventBodies.state('checkpointing', 'running', 'It writes one.')],
        ]);
        yield { runEvents: { ...event, sequence: 7 } };
        await forever();
      },
    });
    const { written, ...terminal } = interruptingAt('checkpointing');
    const { code, out } = await run(['runs', 'watch', id], terminal);
    expect(code).toBe(130);
    expect(out).toBe(`Run ${id} goes on; come back with: moda runs watch ${id} --after 7\n`);
    expect(written()).toContain('Detaching; the run goes on.');
    expect(gateway.asked.map(({ operation }) => operation)).not.toContain('CancelRuns');
  });

  it('of a run that is none says so', async () => {
    await start({ run: null, ...none });
    const { code, err } = await run(['runs', 'watch', 'abc']);
    expect([code, err]).toEqual([
      2,
      'moda: There is no run "abc"; moda runs list shows those there are. [RUN_UNKNOWN]\n',
    ]);
  });
});
