import { parseTrainSpec } from '@moda/contracts';
import { describe, expect, it } from 'vitest';
import { moda, nativeDevice } from './testing/fake-surroundings.js';

const estimate = {
  device: nativeDevice,
  parameters: 61_706,
  stepsPerEpoch: 63,
  steps: 12_600,
  secondsPerStep: 0.0771,
  secondsPerEvaluation: 0.44,
  seconds: 1059.5,
  peakMemoryBytes: 600 * 2 ** 20,
};
const dryRun = ['train', '--arch', 'lenet5', '--epochs', '3', '--out', 'o', '--dry-run'];

describe('moda train --dry-run', () => {
  it('estimates the run that would be trained, and trains none', async () => {
    const seen: unknown[] = [];
    const { code, out } = await moda(dryRun, {
      verbs: {
        estimateTraining: (spec) => {
          seen.push(spec);
          return estimate;
        },
        trainModel: () => {
          throw new Error('trained');
        },
      },
    });
    expect([code, seen]).toEqual([0, [parseTrainSpec({ arch: 'lenet5', epochs: 3 })]]);
    expect(out).toBe(
      [
        'device                 Test CPU',
        'parameters             61,706',
        'steps                  12,600',
        'time of a step         0.077 s',
        'time of an evaluation  0.440 s',
        'time in all            1059.500 s',
        'peak memory, MiB       600',
        '',
      ].join('\n'),
    );
  });

  it('tells the memory of a GPU apart', async () => {
    const verbs = { estimateTraining: () => ({ ...estimate, peakGpuBytes: 2 ** 30 + 1 }) };
    expect((await moda(dryRun, { verbs })).out).toContain('peak memory of the GPU, MiB  1,025\n');
  });

  it('is one row with --csv and a document with --json', async () => {
    const verbs = { estimateTraining: () => estimate };
    expect((await moda([...dryRun, '--csv'], { verbs })).out).toBe(
      'steps,secondsPerStep,secondsPerEvaluation,seconds,peakMemoryBytes,peakGpuBytes\n12600,0.0771,0.44,1059.5,629145600,\n',
    );
    expect(JSON.parse((await moda([...dryRun, '--json'], { verbs })).out)).toEqual(estimate);
  });
});
