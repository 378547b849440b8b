import { describe, expect, it } from 'vitest';
import { accuracyBySubtaskSize } from './accuracy-by-subtask-size.js';
import { learningCurves } from './learning-curves.js';
import { moduleSizes } from './module-sizes.js';
import { overlapMap } from './overlap-map.js';
import { seriesStyle } from './palette.js';
import { allElements, readSvg, textsOf } from './testing/read-svg.js';

const standard = {
  label: 'standard',
  epochs: [1, 2, 3].map((epoch) => ({ epoch, accuracy: 0.8 + 0.05 * epoch, crossEntropy: 1 / epoch })),
};
const modular = {
  label: 'modular',
  epochs: [1, 2, 3].map((epoch) => ({
    epoch,
    accuracy: 0.79 + 0.05 * epoch,
    crossEntropy: 1.1 / epoch,
    affinity: 0.5 / epoch,
    dispersion: 0.4 / epoch,
    compactness: 0.3 / epoch,
  })),
};
const sizes = {
  labels: ['cat', 'dog', 'emu'],
  series: [
    { label: 'modular', shares: [0.1, 0.2, 0.3] },
    { label: 'standard', shares: [0.7, 0.8, 0.75] },
  ],
};
const overlap = {
  labels: ['cat', 'dog'],
  overlap: [
    [0.2, 0.05],
    [0.05, 0.3],
  ],
};
const subtasks = {
  series: [
    {
      label: 'composed',
      points: [2, 3].map((size) => ({ size, accuracy: 1 - size / 100, worst: 1 - size / 50, best: 1 })),
    },
    { label: 'standard', points: [2, 3].map((size) => ({ size, accuracy: 0.98 })) },
  ],
};

/** Every chart with names of one's choice. */
const charts: Readonly<Record<string, (name: string) => string>> = {
  learningCurves: (name) => learningCurves({ runs: [{ ...standard, label: name }, modular] }),
  moduleSizes: (name) => moduleSizes({ ...sizes, labels: [name, 'dog', 'emu'] }),
  overlapMap: (name) => overlapMap({ ...overlap, labels: [name, 'dog'] }),
  accuracyBySubtaskSize: (name) =>
    accuracyBySubtaskSize({
      series: subtasks.series.map((series, i) => (i === 0 ? { ...series, label: name } : series)),
    }),
};

/** Shapes in the fill colour of the n-th series. */
function shapesOf(svg: string, series: number): number {
  const { colour } = seriesStyle(series);
  return allElements(readSvg(svg)).filter(
    ({ name, attributes }) => name === 'path' && attributes['fill'] === colour,
  ).length;
}

describe.each(Object.entries(charts))('%s', (_name, draw) => {
  it('is the same picture to the byte, whatever was drawn before', () => {
    const first = draw('cat');
    draw('something else');
    expect(draw('cat')).toBe(first);
  });

  it('is a picture with a size and a description, on a light card, with text as text', () => {
    const root = readSvg(draw('cat'));
    expect(root.name).toBe('svg');
    expect(root.attributes).toMatchObject({ role: 'img' });
    expect(root.attributes['viewBox']).toMatch(/^0 0 \d+ \d+$/);
    expect(root.children[0]?.name).toBe('title');
    expect(root.children[0]?.text).not.toBe('');
    expect(allElements(root).some(({ attributes }) => attributes['fill'] === '#ffffff')).toBe(true);
    expect(allElements(root).filter(({ name }) => name === 'text').length).toBeGreaterThan(5);
  });

  it('says names from outside as they are, and never as markup', () => {
    const nasty = '<b a="1">&amp;{x|y}';
    expect(textsOf(draw(nasty)).join('\n')).toContain(nasty.slice(0, 12));
    expect(allElements(readSvg(draw(nasty))).map(({ name }) => name)).not.toContain('b');
  });

  it.each(['', ']]> -- \u0000\u001b\ud800\uffff', '"\'&< 漢字 🙂'])(
    'stays well-formed with the name %j',
    (name) => {
      expect(readSvg(draw(name)).name).toBe('svg');
    },
  );

  it('keeps no trace of scripts, styles or the count of charts', () => {
    expect(draw('cat')).not.toMatch(/<script|<style|ecmeta|zr\d+-|NaN|undefined|\[object/);
  });
});

describe('learningCurves', () => {
  it('has a panel for every measure that some run has', () => {
    expect(textsOf(learningCurves({ runs: [standard, modular] }))).toEqual(
      expect.arrayContaining([
        'Test accuracy',
        'Cross-entropy',
        'Affinity loss',
        'Dispersion loss',
        'Compactness loss',
      ]),
    );
    const without = textsOf(learningCurves({ runs: [standard] }));
    expect(without).toContain('Cross-entropy');
    expect(without).not.toContain('Affinity loss');
  });

  it('names the runs', () => {
    expect(textsOf(learningCurves({ runs: [standard, modular] }))).toEqual(
      expect.arrayContaining(['standard', 'modular']),
    );
  });

  it('draws even nothing', () => {
    expect(textsOf(learningCurves({ runs: [] }))).toContain('Learning curves');
  });
});

describe('moduleSizes', () => {
  it('has one bar for every class and network, beside the mark in the legend', () => {
    const svg = moduleSizes(sizes);
    expect([shapesOf(svg, 0), shapesOf(svg, 1)]).toEqual([3 + 1, 3 + 1]);
  });

  it('writes the sizes in percent and the means in the legend', () => {
    expect(textsOf(moduleSizes(sizes))).toEqual(
      expect.arrayContaining([
        'cat',
        'dog',
        'emu',
        '10',
        '70',
        'modular (mean 20 %)',
        'standard (mean 75 %)',
      ]),
    );
  });
});

describe('overlapMap', () => {
  it('has a value for every pair, in percent', () => {
    const texts = textsOf(overlapMap(overlap));
    expect(texts.filter((text) => /^\d+\.\d$/.test(text)).sort()).toEqual([
      '20.0',
      '30.0',
      '30.0',
      '5.0',
      '5.0',
    ]);
  });

  it('tells modules of one name apart', () => {
    const texts = textsOf(overlapMap({ ...overlap, labels: ['cat', 'cat'] }));
    expect(texts.filter((text) => text === 'cat')).toHaveLength(4);
  });

  it('leaves the values out where they would not fit', () => {
    const many = Array.from({ length: 30 }, (_, i) => String(i));
    const texts = textsOf(overlapMap({ labels: many, overlap: many.map(() => many.map(() => 0.123)) }));
    expect(texts.filter((text) => text === '12.3')).toHaveLength(1);
  });

  it('refuses values that are not one row and one column for each module', () => {
    expect(() => overlapMap({ ...overlap, labels: ['cat'] })).toThrow(
      'The overlap of 1 modules has to be a square of that size.',
    );
  });
});

describe('accuracyBySubtaskSize', () => {
  it('labels the sizes there are', () => {
    const texts = textsOf(accuracyBySubtaskSize(subtasks));
    expect(texts).toEqual(expect.arrayContaining(['2', '3', 'composed', 'standard', '100 %']));
    expect(texts).not.toContain('1');
    expect(texts).not.toContain('4');
  });

  it('mentions whiskers only where there are any', () => {
    expect(textsOf(accuracyBySubtaskSize(subtasks)).join(' ')).toContain('whiskers');
    expect(textsOf(accuracyBySubtaskSize({ series: subtasks.series.slice(1) })).join(' ')).not.toContain(
      'whiskers',
    );
  });

  it('draws a whisker for every size that has a worst and a best', () => {
    const { colour } = seriesStyle(0);
    const whiskers = allElements(readSvg(accuracyBySubtaskSize(subtasks))).filter(
      ({ attributes }) => attributes['stroke'] === colour && attributes['stroke-width'] === '1.5',
    );
    expect(whiskers).toHaveLength(2);
  });
});
