import { ModaError } from '@moda/contracts';
import { describe, expect, it } from 'vitest';
import { backendOn, moda, nativeDevice } from './testing/fake-surroundings.js';

const bench = ['bench', 'step', '--arch', 'lenet5'];
const times = {
  arch: 'lenet5',
  batchSize: 128,
  device: nativeDevice,
  standard: { best: 0.0123, median: 0.02 },
  moda: { best: 0.0131, median: 0.021 },
  peakMiB: 1234,
};

describe('the result', () => {
  it('is a table for people', async () => {
    const { code, out, err } = await moda(bench, { verbs: { benchStep: () => times } });
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(
      [
        'architecture      lenet5',
        'batch             128',
        'device            Test CPU',
        'peak memory, MiB  1,234',
        '',
        'method    best s  median s',
        '────────  ──────  ────────',
        'standard   0.012     0.020',
        'moda       0.013     0.021',
        '',
      ].join('\n'),
    );
  });

  it('is one JSON document and nothing else with --json, whatever is reported meanwhile', async () => {
    const { code, out, err } = await moda([...bench, '--json'], {
      verbs: {
        benchStep: (_options, { onProgress }) => {
          onProgress({ type: 'note', message: 'warming up' });
          onProgress({ type: 'task', label: 'steps', done: 1, total: 2, unit: 'steps' });
          return times;
        },
      },
    });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(times);
    expect(err).toContain('warming up');
  });

  it('is bare numbers with --csv', async () => {
    expect(await moda([...bench, '--csv'], { verbs: { benchStep: () => times } })).toEqual({
      code: 0,
      out: 'method,best,median\nstandard,0.0123,0.02\nmoda,0.0131,0.021\n',
      err: '',
    });
  });

  it('has several tables, of which --csv picks one', async () => {
    const result = {
      accuracy: 0.75,
      loss: 0.5,
      count: 4,
      perClass: [
        { class: 0, name: 'cat', accuracy: 0.5, count: 2 },
        { class: 4, name: 'dog', accuracy: null, count: 0 },
      ],
      confusion: [
        [1, 1],
        [0, 2],
      ],
      device: nativeDevice,
    };
    const verbs = { evaluateModel: () => result };
    expect((await moda(['evaluate', '--model', 'm', '--csv'], { verbs })).out).toBe(
      'class,name,accuracy,count\n0,cat,0.5,2\n4,dog,,0\n',
    );
    expect((await moda(['evaluate', '--model', 'm', '--csv', 'confusion'], { verbs })).out).toBe(
      'class,cat,dog\ncat,1,1\ndog,0,2\n',
    );
  });
});

describe('errors', () => {
  const failing = (error: Error, ...argv: string[]) =>
    moda([...bench, ...argv], {
      verbs: {
        benchStep: () => {
          throw error;
        },
      },
    });

  it('of the input are their own sentence and exit code 2', async () => {
    expect(
      await failing(new ModaError('ARCHITECTURE_UNKNOWN', 'There is no architecture "lenet5".')),
    ).toEqual({
      code: 2,
      out: '',
      err: 'moda: There is no architecture "lenet5". [ARCHITECTURE_UNKNOWN]\n',
    });
  });

  it.each(['TRAINING_DIVERGED', 'NATIVE_UNAVAILABLE', 'DISK_FULL', 'OUTPUT_NOT_WRITABLE'] as const)(
    'of the work are exit code 1: %s',
    async (code) => {
      expect((await failing(new ModaError(code, 'It failed.'))).code).toBe(1);
    },
  );

  it('are a document as well with --json', async () => {
    const { code, out, err } = await failing(new ModaError('INPUT_SHAPE', 'Bad.', { shape: [1] }), '--json');
    expect(code).toBe(2);
    expect(JSON.parse(out)).toEqual({
      error: { code: 'INPUT_SHAPE', message: 'Bad.', details: { shape: [1] } },
    });
    expect(err).toBe('moda: Bad. [INPUT_SHAPE]\n');
  });

  it('of usage are a document as well with --json', async () => {
    const { code, out } = await moda(['train', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'USAGE' } });
  });

  it('that nobody foresaw are one line and exit code 1, never a stack', async () => {
    expect(await failing(new Error('undefined is\nnot a function'))).toEqual({
      code: 1,
      out: '',
      err: 'moda: Something failed that should not: undefined is not a function; set MODA_DEBUG=1 to see where. [UNEXPECTED]\n',
    });
  });

  it('show their stack on demand', async () => {
    const { err } = await moda(bench, {
      verbs: {
        benchStep: () => {
          throw new Error('deep inside');
        },
      },
      surroundings: { debug: true },
    });
    expect(err).toMatch(/Error: deep inside\n\s+at /);
  });
});

describe('interruption', () => {
  /** A run that is interrupted once the verb has begun. */
  function interruptible(): {
    onInterrupt: (listener: () => void) => () => void;
    interrupt: () => void;
    listening: () => boolean;
  } {
    let heard: (() => void) | undefined;
    return {
      onInterrupt: (listener) => {
        heard = listener;
        return () => (heard = undefined);
      },
      interrupt: () => heard?.(),
      listening: () => heard !== undefined,
    };
  }

  it('aborts the verb, keeps its result, and ends with 130', async () => {
    const { onInterrupt, interrupt, listening } = interruptible();
    const { code, out, err } = await moda([...bench, '--json'], {
      verbs: {
        benchStep: (_options, { signal }) => {
          interrupt();
          return { ...times, stopped: signal.aborted };
        },
      },
      surroundings: { onInterrupt },
    });
    expect(code).toBe(130);
    expect(JSON.parse(out)).toMatchObject({ stopped: true });
    expect(err).toContain('press Ctrl-C again to stop at once');
    expect(listening()).toBe(false);
  });

  it('that the verb answers with an error is one sentence', async () => {
    const { onInterrupt, interrupt } = interruptible();
    const { code, err } = await moda(bench, {
      verbs: {
        benchStep: (_options, { signal }) => {
          interrupt();
          signal.throwIfAborted();
        },
      },
      surroundings: { onInterrupt },
    });
    expect(code).toBe(130);
    expect(err.split('\n').at(-2)).toBe(
      'moda: Interrupted before it was done; run the same command again. [INTERRUPTED]',
    );
  });
});

describe('a slower fallback', () => {
  it('is said loudly, once, on standard error', async () => {
    const fallbackReason = 'Native TensorFlow is not installed; run npm run setup.';
    const { out, err } = await moda([...bench, '--json'], {
      verbs: {
        benchStep: async (_options, { backend }) => {
          await backend();
          await backend();
          return times;
        },
      },
      surroundings: {
        openBackend: async () => backendOn({ ...nativeDevice, implementation: 'portable', fallbackReason }),
      },
    });
    expect(err).toBe(`moda: WARNING: ${fallbackReason}\n`);
    expect(JSON.parse(out)).toEqual(times);
  });
});
