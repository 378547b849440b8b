import { ModaError } from '@moda/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problem } from '../problem/problem.js';
import { type Answer, type Bench, openBench } from './testing/ask.js';

let bench: Bench;
const asked: unknown[] = [];

beforeAll(async () => {
  bench = await openBench({
    logits: async (request, authorization) => {
      asked.push({ request, authorization });
      if (request.reference === 'ada/old') return problem('SAMPLES_MISSING', 'It has none.');
      if (request.reference === 'nobody/nothing')
        throw new ModaError('MODEL_UNKNOWN', 'The registry has no such model; search for it.');
      return {
        digest: 'sha256:d',
        derivation: undefined,
        classes: [
          { index: 3, name: 'three' },
          { index: 5, name: 'five' },
        ],
        logits: [
          [0.5, -1.25],
          [2, 0],
        ],
        labels: [3, 7],
        device: 'a processor, 2 threads',
        tensorFlow: '2.18.0',
      };
    },
  });
}, 60_000);
afterAll(() => bench.close());

const ask = async (reference: string, tau?: number) =>
  (
    await bench.ask<{ found: Answer }>(
      `query ($reference: String!, $tau: Float) { found: compositionLogits(reference: $reference, tau: $tau) {
        ... on CompositionLogits { digest classes { index name } logits labels device tensorFlow }
        ... on Problem { code message } } }`,
      { reference, tau },
    )
  ).found;

describe('the logits of a composition', () => {
  it('come with their classes, their labels and what computed them, for whoever asks', async () => {
    expect(await ask('ada/digits/three,five', 0.8)).toEqual({
      digest: 'sha256:d',
      classes: [
        { index: 3, name: 'three' },
        { index: 5, name: 'five' },
      ],
      logits: [
        [0.5, -1.25],
        [2, 0],
      ],
      labels: [3, 7],
      device: 'a processor, 2 threads',
      tensorFlow: '2.18.0',
    });
    expect(asked.at(-1)).toEqual({
      request: { reference: 'ada/digits/three,five', tau: 0.8 },
      authorization: 'Bearer ada',
    });
  });

  it.each([
    ['ada/old', 'SAMPLES_MISSING'],
    ['nobody/nothing', 'MODEL_UNKNOWN'],
  ])('of %s are a problem: %s', async (reference, code) => {
    expect(await ask(reference)).toMatchObject({ code });
  });
});
