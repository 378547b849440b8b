import { execFileSync } from 'node:child_process';
import {
  parseTrainSpec,
  trainArguments,
  trainCommandLine,
  trainDefaults,
  type TrainSpec,
} from '@moda/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Session } from './command.js';
import { train } from './commands/train.js';
import { parseArguments } from './parse-arguments.js';
import { moda } from './testing/fake-surroundings.js';

/** Texts of a spec, less those in quotes of their own, which the command line takes off. */
const printable = fc
  .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
  .filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text) && !/^(['"]).*\1$/su.test(text));
const className = printable.filter((text) => !text.includes(',') && text.trim() === text);
const weight = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const wholeNumber = (max: number, min = 1) => fc.integer({ min, max });

const anySpec: fc.Arbitrary<TrainSpec> = fc
  .record(
    {
      arch: printable,
      dataset: printable,
      dataDir: printable,
      method: fc.constantFrom('moda', 'standard'),
      epochs: wholeNumber(100_000),
      batchSize: wholeNumber(65_536),
      learningRate: fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true }),
      alpha: weight,
      beta: weight,
      gamma: weight,
      seed: wholeNumber(2 ** 32 - 1, 0),
      classes: fc.array(className, { minLength: 1, maxLength: 5 }),
      checkpointEvery: wholeNumber(100_000),
      init: printable,
      initLayout: fc.constantFrom('pytorch', 'native'),
      shuffle: fc.boolean(),
      augment: fc.boolean(),
      maxSteps: wholeNumber(1_000_000_000),
      trainLimit: wholeNumber(1_000_000_000),
    },
    { requiredKeys: ['arch'] },
  )
  .map(parseTrainSpec);

/** What `trainModel` is called with for some arguments. The other commands are left out, whose options take time to set up. */
async function trained(argv: readonly string[]): Promise<Record<string, unknown>> {
  let seen: Record<string, unknown> | undefined;
  const trainModel = (options: Record<string, unknown>) => {
    seen = options;
    return { finished: false, history: [] };
  };
  const request = parseArguments(argv, { commands: [train], groups: [] }, { version: '1', columns: 100 });
  if (request.type !== 'run') throw new Error(request.text);
  // Of the session this command asks for no more.
  await request.run({ experiments: async () => ({ trainModel }), context: {} } as unknown as Session);
  if (!seen) throw new Error('not trained');
  return seen;
}

describe('the command line of a run', () => {
  it('says what differs from the defaults, and no more', () => {
    const spec = parseTrainSpec({ arch: 'vgg16', epochs: 3, shuffle: false, seed: trainDefaults.seed });
    expect(trainCommandLine(spec)).toBe('moda train --arch vgg16 --epochs 3 --no-shuffle');
    expect(trainCommandLine(spec, 'my models/a')).toBe(
      "moda train --arch vgg16 --epochs 3 --no-shuffle --out 'my models/a'",
    );
  });

  it('asks for exactly that run, whatever its names are', async () => {
    await fc.assert(
      fc.asyncProperty(anySpec, printable, async (spec, out) => {
        expect(await trained(trainArguments(spec, out))).toStrictEqual({ ...spec, out, resume: false });
      }),
      // Each asks yargs for a parser of its own, which takes it tens of milliseconds.
      { numRuns: 60 },
    );
  });

  it('reads the same after a shell', () => {
    const lines = fc.sample(anySpec, { numRuns: 30, seed: 7 }).map((spec) => ({
      asked: ['moda', ...trainArguments(spec, "it's $HOME; `a` \\")],
      line: trainCommandLine(spec, "it's $HOME; `a` \\"),
    }));
    const script = lines.map(({ line }) => `printf '%s\\0' ${line}`).join('\n');
    const read = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
    expect(read).toEqual(lines.flatMap(({ asked }) => asked));
  });
});

describe('what no option of its own refuses', () => {
  it('is refused as the field of a run, before anything is loaded', async () => {
    const argv = ['train', '--arch', 'lenet5', '--out', 'o', '--classes', 'x'.repeat(101)];
    const loadExperiments = () => Promise.reject(new Error('loaded'));
    const { code, err } = await moda(argv, { surroundings: { loadExperiments } });
    expect([code, err]).toEqual([
      2,
      'moda: classes.0 is longer than 100 characters; give it a text with the number or name of a class, such as "3". [SPEC_INVALID]\n',
    ]);
  });
});
