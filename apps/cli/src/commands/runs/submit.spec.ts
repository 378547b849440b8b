import { describe, expect, it } from 'vitest';
import { eventBodies, eventsOf, sampleRun } from '../../runs/testing/sample-runs.js';
import { workplace } from '../../testing/at-gateway.js';

const { start, run } = workplace();

const submit = ['runs', 'submit', '--arch', 'lenet5', '--epochs', '3'];

/** A service that takes every run, and notes what it was asked for. */
function taking(inputs: Record<string, unknown>[], more: object = {}) {
  return {
    submitRun: ({ input }: { input: Record<string, unknown> }) => {
      inputs.push(input);
      return {
        __typename: 'Submission',
        created: true,
        run: sampleRun({ state: 'queued', reason: 'It waits.' }),
      };
    },
    ...more,
  };
}

describe('moda runs submit', () => {
  it('sends the whole spec, as moda train would train it, and says how to watch', async () => {
    const inputs: Record<string, unknown>[] = [];
    await start(taking(inputs));
    const { code, out, err } = await run([
      ...[...submit, '--experiment', 'first', '--name', 'one', '--notes', 'try', '--priority', '5'],
      ...['--tag', 'a,b', '--key', 'k1', '--gamma', '3', '--no-shuffle', '--classes', '0,3'],
    ]);
    expect([code, err]).toEqual([0, '']);
    expect(inputs).toHaveLength(1);
    expect(inputs[0]).toMatchObject({
      ...{ experiment: 'first', name: 'one', notes: 'try', priority: 5, tags: ['a', 'b'] },
      ...{ idempotencyKey: 'k1', dryRun: false },
      spec: {
        arch: 'lenet5',
        epochs: 3,
        gamma: 3,
        shuffle: false,
        classes: ['0', '3'],
        dataset: 'digits',
        seed: 42,
      },
    });
    expect(out).toContain('state       queued\nreason      It waits.\n');
    expect(out).toContain('moda runs watch 3f2a9c1e-0000-4000-8000-000000000001\n');
  });

  it('is a document with --json', async () => {
    await start(taking([]));
    const { out } = await run([...submit, '--json']);
    expect(JSON.parse(out)).toMatchObject({
      created: true,
      run: { state: 'queued', spec: { arch: 'lenet5' } },
    });
  });

  it('makes a key of its own, another one each time', async () => {
    const inputs: Record<string, unknown>[] = [];
    await start(taking(inputs));
    await run(submit);
    await run(submit);
    expect(inputs[0]?.['idempotencyKey']).toMatch(/^[0-9a-f-]{36}$/);
    expect(inputs[1]?.['idempotencyKey']).not.toBe(inputs[0]?.['idempotencyKey']);
  });

  it('names files as the service on this machine finds them', async () => {
    const inputs: Record<string, unknown>[] = [];
    await start(taking(inputs));
    await run([
      'runs',
      'submit',
      '--arch',
      'nets/small.json',
      '--data-dir',
      'data',
      '--init',
      '/w.safetensors',
    ]);
    expect(inputs[0]?.['spec']).toMatchObject({
      arch: '/project/nets/small.json',
      dataDir: '/project/data',
      init: '/w.safetensors',
    });
  });

  it.each([
    [['--epochs', '0'], '--epochs has to be a whole number from 1 to 100000, not 0'],
    [['--priority', '2000'], '--priority has to be a whole number from -1000 to 1000, not 2000'],
    [['--dry-run', '--watch'], '--dry-run submits nothing'],
    [['--out', 'x'], "'--out' is not an option of moda runs submit"],
    [['--gateway', 'nowhere'], '"nowhere" is no address of a gateway; give one as in http://127.0.0.1:4000'],
  ])('refuses %j before anything is sent', async (more, sentence) => {
    const { code, out, err } = await run(['runs', 'submit', '--arch', 'lenet5', ...more]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
    expect(err.split('\n')).toHaveLength(2);
  });

  it('says what the service has against it, with the code for scripts', async () => {
    const problem = {
      __typename: 'Problem',
      ...{ code: 'SPEC_INVALID', message: 'The data set moons is none.', details: { path: 'dataset' } },
    };
    await start({ submitRun: problem });
    const { code, out, err } = await run([...submit, '--json']);
    expect([code, err]).toEqual([2, 'moda: The data set moons is none. [SPEC_INVALID]\n']);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'SPEC_INVALID', details: { path: 'dataset' } } });
  });

  it('without a gateway says how to start one', async () => {
    const gateway = await start({});
    await gateway.stop();
    const { code, err } = await run(submit);
    expect([code, err]).toEqual([
      1,
      `moda: Nothing answers at ${gateway.url}; start it with \`npm start\`, or name another with --gateway. [GATEWAY_UNREACHABLE]\n`,
    ]);
  });

  it('estimates with --dry-run', async () => {
    const estimate = {
      __typename: 'Estimate',
      ...{ device: 'Test CPU', steps: 189, seconds: 14.5, peakBytes: 600 * 2 ** 20 },
    };
    const dry = { __typename: 'DryRun', command: 'moda train --arch lenet5 --epochs 3', spec: {}, estimate };
    await start({ submitRun: dry });
    const { code, out } = await run([...submit, '--dry-run']);
    expect([code, out]).toEqual([
      0,
      [
        'run               moda train --arch lenet5 --epochs 3',
        'device            Test CPU',
        'steps             189',
        'time in all       14.500 s',
        'peak memory, MiB  600',
        '',
      ].join('\n'),
    ]);
  });
});

describe('moda runs submit --watch', () => {
  const events = eventsOf([
    ['state', eventBodies.state('queued', null, 'It waits.')],
    ['state', eventBodies.state('running', 'starting', 'The worker has begun to train.')],
    ['metric', eventBodies.metric(1, { total: 2.5, accuracy: null })],
    ['progress', eventBodies.progress(1, 20)],
    ['state', eventBodies.state('succeeded', 'running', 'Training is done.')],
  ]);
  const live = (last: object) => {
    let asked = 0;
    return {
      // Before it is watched it waits; after that it is over.
      run: () =>
        (asked += 1) === 1 ? sampleRun({ state: 'queued', reason: 'It waits.', lastSequence: 1 }) : last,
      async *runEvents({ after }: { after: number }) {
        for (const event of events.slice(after)) yield { runEvents: event };
      },
    };
  };

  it('shows the run from its first event on and ends with it', async () => {
    await start(taking([], live(sampleRun({ lastSequence: 5 }))));
    const { code, out, err } = await run([...submit, '--watch']);
    expect(code).toBe(0);
    expect(err).toContain('run 3f2a9c1e: running. The worker has begun to train.\n');
    expect(err).toContain('1/20 steps');
    expect(out).toContain('state          succeeded\n');
    expect(out).toContain('test accuracy  97.5 %\n');
    expect(out).toContain('cross-entropy  0.08120\n');
  });

  it('ends with 1 where the run fails', async () => {
    const error = { code: 'TRAINING_DIVERGED', message: 'The loss became NaN in step 3.' };
    await start(
      taking([], live(sampleRun({ state: 'failed', reason: 'Training failed.', error, lastSequence: 5 }))),
    );
    const { code, out } = await run([...submit, '--watch', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      run: { state: 'failed', error },
      heard: { after: 0, until: 5, events: 5 },
      detached: false,
    });
  });
});
