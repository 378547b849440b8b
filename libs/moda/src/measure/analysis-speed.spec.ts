import { vgg16 } from '@moda/nn/graph';
import { describe, expect, it } from 'vitest';

import { ratesFor } from '../testing/arbitrary-rates.js';
import { analyzeModules } from './analyze-modules.js';

const classes = 100;
/** Of the processor, so that a crowded machine changes little (ms); some 45 are usual, and sets of numbers instead of bits took 2000. */
const limitMs = 250;
/** The first ones are slower: the engine has to learn what is called often. */
const tries = 6;

/** Processor time of one analysis (ms). */
function spentBy(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('the analysis of a hundred modules of VGG16', () => {
  it('follows a slider: its 4950 pairs in fifteen layers are compared in a fraction of a second', () => {
    const architecture = vgg16({ input: { height: 32, width: 32, channels: 3 }, classes });
    const rates = ratesFor(architecture, 1, 500);
    const spent = Array.from({ length: tries }, (_, place) =>
      spentBy(() => {
        const { modules, layers } = analyzeModules({ architecture }, rates, 0.3 + place / 100);
        expect([modules.length, layers.length]).toEqual([classes, 15]);
      }),
    );
    expect(Math.min(...spent)).toBeLessThan(limitMs);
  });
});
