import { describe, expect, it } from 'vitest';
import { tinyModelFiles } from '../testing/model-files';
import { createModuleDesk } from './module-desk';
import type { QuestionName, Questions, Reply } from './protocol';

/** A desk that is asked one thing after the other. */
function desk() {
  const answer = createModuleDesk();
  let id = 0;
  const ask = (name: QuestionName, given: unknown): Reply => answer({ id: id++, name, given } as never);
  return {
    ask,
    answer: <Name extends QuestionName>(
      name: Name,
      given: Questions[Name]['given'],
    ): Questions[Name]['answer'] => {
      const reply = ask(name, given);
      if ('code' in reply) throw new Error(reply.message);
      return reply.answer as Questions[Name]['answer'];
    },
  };
}

function openDesk() {
  const opened = desk();
  return { ...opened, model: opened.answer('open', tinyModelFiles()) };
}

describe('the desk', () => {
  it('opens a model from its manifest and its rates, without weights', () => {
    expect(openDesk().model).toEqual({
      name: 'tiny-digits',
      architecture: 'tiny',
      dataset: 'digits',
      method: undefined,
      device: undefined,
      parameters: 19,
      flops: 28,
      lastInputs: 4,
      classes: [
        { index: 0, name: 'cat', accuracy: 0.95, samples: 10 },
        { index: 1, name: 'dog', accuracy: 0.8, samples: 10 },
        { index: 2, name: 'owl', accuracy: undefined, samples: 10 },
      ],
      layers: [{ name: 'relu', units: 4 }],
    });
  });

  it('tells sizes and overlaps at a threshold by hand-checked numbers', () => {
    const at = openDesk().answer('at', { tau: 0.9 });
    // Two units: 2 kernel values, 2 weights and a bias. Class 2 reaches no unit and takes the 2 most frequent: 3, and the lowest of the rest.
    expect(at.modules.map(({ parameters, flops, floorHits }) => [parameters, flops, floorHits])).toEqual([
      [5, 10, 0],
      [5, 10, 0],
      [5, 10, 1],
    ]);
    expect(at.floorHits).toEqual([{ class: 2, layer: 'relu', reached: 0, taken: 2 }]);
    // Classes 0 and 1 share unit 1, classes 0 and 2 unit 0: one kernel value each.
    expect(at.overlap[0]).toEqual([5 / 19, 1 / 19, 1 / 19]);
    expect(at.modules[0]?.overlap).toBeCloseTo(1 / 19, 12);
    expect(at.modules[1]?.overlap).toBeCloseTo(0.5 / 19, 12);
    expect(at.jaccard[0]?.[1]).toBeCloseTo(1 / 9, 12);
    expect(at.meanShare).toBeCloseTo(5 / 19, 12);
  });

  it('tells the same sizes for a curve as for the slider', () => {
    const { answer } = openDesk();
    const taus = [0, 0.5, 0.9, 1];
    for (const [index, size] of answer('sizes', { taus }).entries()) {
      const { tau, meanShare, meanFlopsShare, meanOverlap, floorHits } = answer('at', { tau: taus[index]! });
      expect(size).toEqual({ tau, meanShare, meanFlopsShare, meanOverlap, floorHits: floorHits.length });
    }
  });

  it('tells what modules have in common in one layer', () => {
    const pairs = openDesk().answer('layer', { tau: 0.9, layer: 'relu' });
    expect(pairs.units).toBe(4);
    expect(pairs.overlap[0]).toEqual([0.5, 0.25, 0.25]);
    expect(pairs.jaccard[0]).toEqual([1, 1 / 3, 1 / 3]);
    expect(pairs.jaccard[1]?.[2]).toBe(0);
  });

  it('tells where a class lives', () => {
    const { layers } = openDesk().answer('classMap', { tau: 0.9, class: 1 });
    expect(layers).toEqual([
      { name: 'relu', rates: [0, 1, 0.9, 0.1], kept: [false, true, true, false], keptBy: [2, 2, 1, 1] },
    ]);
  });

  it('tells which classes use a unit', () => {
    expect(openDesk().answer('unit', { tau: 0.9, layer: 'relu', unit: 1 }).classes).toEqual([
      { class: 0, rate: 0.9, kept: true },
      { class: 1, rate: 1, kept: true },
      { class: 2, rate: 0.5, kept: false },
    ]);
  });

  it.each([
    ['at', { tau: 2 }, 'USAGE'],
    ['layer', { tau: 0.5, layer: 'other' }, 'USAGE'],
    ['classMap', { tau: 0.5, class: 9 }, 'CLASS_UNKNOWN'],
    ['unit', { tau: 0.5, layer: 'relu', unit: 4 }, 'USAGE'],
    ['open', { ...tinyModelFiles(), manifest: '{}' }, 'MODEL_INVALID'],
    ['open', { ...tinyModelFiles(), rates: new ArrayBuffer(3) }, 'SAFETENSORS_INVALID'],
    ['open', tinyModelFiles('another layer'), 'RATES_INVALID'],
  ] as const)('answers %s of %o with a code and a sentence', (name, given, code) => {
    const reply = openDesk().ask(name, given);
    expect(reply).toMatchObject({ code, message: expect.stringMatching(/[.]$/) as string });
  });

  it('says that a model has to be opened first', () => {
    expect(desk().ask('at', { tau: 0.9 })).toEqual({
      id: 0,
      code: 'USAGE',
      message: 'No model is open; open one first.',
    });
  });
});
