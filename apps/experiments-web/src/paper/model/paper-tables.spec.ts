import { parseTrainSpec } from '@moda/contracts';
import { describe, expect, it } from 'vitest';
import { paperRuns, type PaperRun } from './paper-runs';
import type { PaperTable } from './paper-table';
import { paperTables } from './paper-tables';
import { type Recipe, recipeOf } from './recipe';
import { strongRecipe, weakRecipe } from './repair-recipes';
import { writeNumber } from './write-number';

const run = (id: string, recipe: Recipe | string, more: Partial<PaperRun> = {}, seed = 42): PaperRun => ({
  id,
  task: { kind: 'train' },
  spec: { ...parseTrainSpec(recipe), seed },
  device: 'a GPU',
  endedAt: '2026-01-02T03:04:05Z',
  accuracy: null,
  seconds: null,
  ...more,
});
const derived = (id: string, task: Record<string, unknown>, result: unknown): PaperRun =>
  run(id, moda, { task, result });
const moda = recipeOf('VGG16', 'CIFAR10', 'moda');
const standard = recipeOf('VGG16', 'CIFAR10', 'standard');

function tableOf(id: string, runs: readonly PaperRun[]): PaperTable {
  return paperTables(paperRuns(runs)).find((table) => table.id === id)!;
}

function cellOf(id: string, row: string, column: string, runs: readonly PaperRun[]) {
  return tableOf(id, runs).rows.find(({ key }) => key === row)?.cells[column];
}

describe('the paper’s tables', () => {
  it('without a run of ours have quoted numbers only', () => {
    const cells = paperTables(paperRuns([])).flatMap(({ rows }) =>
      rows.flatMap(({ cells: all }) => Object.values(all)),
    );
    expect(cells.length).toBeGreaterThan(200);
    expect(cells.filter(({ measured }) => measured !== undefined)).toEqual([]);
    expect(cellOf('training', 'VGG16 CIFAR10', 'accuracy-moda', [])).toEqual({ quoted: 0.9186 });
  });

  it('have accuracy and hours of trainings by the same recipe, over seeds', () => {
    const runs = [
      run('a', moda, { accuracy: 0.91, seconds: 3600 }, 1),
      run('b', moda, { accuracy: 0.93, seconds: 7200 }, 2),
      run('other', { ...(moda as Recipe), epochs: 10 }, { accuracy: 0.5, seconds: 60 }),
    ];
    const accuracy = cellOf('training', 'VGG16 CIFAR10', 'accuracy-moda', runs)?.measured;
    expect(accuracy?.mean).toBeCloseTo(0.92, 12);
    expect(accuracy).toMatchObject({ count: 2, devices: ['a GPU'], runIds: ['a', 'b'] });
    expect(cellOf('training', 'VGG16 CIFAR10', 'hours-moda', runs)?.measured?.mean).toBeCloseTo(1.5, 12);
    expect(cellOf('training', 'VGG16 SVHN', 'accuracy-moda', runs)?.measured).toBeUndefined();
  });

  it('compare times of one device only', () => {
    const slow = run('s', standard, { seconds: 3600 });
    const fast = run('m', moda, { seconds: 5400 });
    expect(cellOf('training', 'VGG16 CIFAR10', 'ratio', [slow, fast])?.measured?.mean).toBeCloseTo(1.5, 12);
    expect(
      cellOf('training', 'VGG16 CIFAR10', 'ratio', [slow, { ...fast, device: 'a processor' }])?.measured,
    ).toBeUndefined();
    expect(cellOf('training', 'VGG16 CIFAR10', 'ratio', [])?.quoted).toBeCloseTo(1.4, 2);
  });

  it('say what is not built yet, and offer to run the rest', () => {
    const { rows } = tableOf('training', []);
    expect(rows[0]?.cells['accuracy-mwt']?.notBuilt).toBe('MwT is not built yet.');
    expect(rows[3]?.cells['accuracy-moda']?.notBuilt).toMatch(/^ImageNet100R is not built yet/);
    expect(rows[3]?.orders).toEqual([]);
    expect(rows[1]?.orders.map(({ label, command }) => [label, command])).toEqual([
      [
        'Standard',
        'npx moda runs submit --arch vgg16 --dataset cifar10 --method standard --experiment paper',
      ],
      ['MODA', 'npx moda runs submit --arch vgg16 --dataset cifar10 --experiment paper'],
    ]);
  });

  it('have modules from sweeps of the training, or of its decomposition', () => {
    const row = {
      tau: 0.9,
      meanShare: 0.03,
      meanFlopsShare: 0.5,
      meanOverlap: 0.015,
      accuracy: 0.94,
      floorHits: 1,
    };
    const runs = [
      run('whole', moda),
      derived('parts', { kind: 'decompose', run: 'whole', tau: 0.9 }, {}),
      derived('sweep', { kind: 'sweepTau', run: 'parts' }, { rows: [row], subtasks: [[0, 1]], seed: 42 }),
    ];
    expect(cellOf('modules', 'VGG16 CIFAR10', 'moda-share', runs)?.measured?.mean).toBe(0.03);
    expect(cellOf('modules', 'VGG16 CIFAR10', 'without-share', runs)?.measured).toBeUndefined();
    expect(cellOf('tau', '0.9', 'accuracy', runs)?.measured?.mean).toBe(0.94);
    expect(cellOf('tau', '0.5', 'accuracy', runs)?.measured).toBeUndefined();
  });

  it('have the losses of the last epoch', () => {
    const epoch = (number: number, affinity: number) => ({
      epoch: number,
      seconds: 1,
      learningRate: 0.05,
      crossEntropy: 1,
      total: 1,
      accuracy: 0.9,
      affinity,
    });
    const result = { metrics: {}, history: [epoch(1, 0.9), epoch(2, 0.08)] };
    expect(cellOf('losses', 'affinity', 'value', [run('a', moda, { result })])?.measured?.mean).toBe(0.08);
  });

  it('have compositions of the same number of classes', () => {
    const composed = (count: number, share: number) => ({
      classes: Array.from({ length: count }, (_, index) => ({ class: index, name: String(index) })),
      tau: 0.9,
      parameters: 1,
      share,
      flops: 1,
      flopsShare: 1,
    });
    const task = { kind: 'compose', run: 'whole', classes: ['0', '1'], tau: 0.9 };
    const runs = [
      run('whole', moda),
      derived('two', task, composed(2, 0.06)),
      derived('three', task, composed(3, 0.2)),
    ];
    expect(cellOf('composed', '2', 'share', runs)?.measured?.mean).toBe(0.06);
    expect(cellOf('composed', '10', 'share', runs)?.measured).toBeUndefined();
  });

  it('have repairs of a weak model of the right epoch with a module of the strong one', () => {
    const side = (target: number, others: number) => ({ target, others, perClass: [] });
    const result = {
      strategy: 'moda',
      class: 0,
      name: 'airplane',
      before: side(0.5, 0.8),
      after: side(0.6, 0.79),
      addedParameters: 1,
      addedFlops: 1,
    };
    const task = {
      kind: 'replace',
      weak: 'weak',
      strong: 'strong',
      class: 'airplane',
      strategy: 'moda',
      tau: 0.9,
    };
    const runs = [
      run('weak', weakRecipe('airplane', 195)),
      run('strong', strongRecipe),
      derived('repair', task, result),
    ];
    expect(cellOf('replacement', 'airplane', 'overfitted-target', runs)?.measured?.mean).toBeCloseTo(0.1, 12);
    expect(cellOf('replacement', 'airplane', 'overfitted-others', runs)?.measured?.mean).toBeCloseTo(
      -0.01,
      12,
    );
    expect(cellOf('replacement', 'airplane', 'underfitted-target', runs)?.measured).toBeUndefined();
    expect(cellOf('replacement', 'bird', 'overfitted-target', runs)?.measured).toBeUndefined();
  });

  it('order specs that the training service takes', () => {
    for (const { rows } of paperTables(paperRuns([])))
      for (const { orders } of rows)
        for (const { spec } of orders) expect(parseTrainSpec(spec).epochs).toBe(200);
  });
});

it.each([
  ['accuracy', 0.9186, '91.86\u00a0%'],
  ['share', 0.027, '2.7\u00a0%'],
  ['hours', 1.1, '1.10'],
  ['ratio', 1.4, '1.40'],
  ['points', -0.002, '−0.2'],
  ['points', 0.17, '17.0'],
  ['number', 0.083, '0.083'],
] as const)('%s of %d is written %s', (form, value, text) => {
  expect(writeNumber(form, value)).toBe(text);
});
