import { defaultSubtasksPerSize, defaultSweepTaus, taskCommandLine } from '@moda/contracts';
import { describe, expect, it } from 'vitest';
import { madeOf } from '../data/derived-runs';
import { modelFilesOf } from '../data/model-files';
import { steppedTau } from '../data/use-modules-url';
import { classOrder } from './class-order';
import { missingTaus, subtasksPerSize, sweepCommand } from './missing-taus';
import type { ModuleFacts } from './modules-at';
import { isModular, sortedModules } from './sorted-modules';
import { unitOf } from './unit-place';

const module = (index: number, parameters: number, share = 0.1): ModuleFacts => ({
  class: index,
  parameters,
  share,
  flops: 10 * index,
  flopsShare: 0.5,
  overlap: 0.1,
  floorHits: 0,
});
const modules = [module(0, 300), module(1, 100), module(2, 300)];

describe('modules', () => {
  it('are sorted by any number; equal ones by class', () => {
    const order = (key: string, descending: boolean) =>
      sortedModules(modules, { key, descending }).map((m) => m.class);
    expect(order('parameters', false)).toEqual([1, 0, 2]);
    expect(order('parameters', true)).toEqual([0, 2, 1]);
    expect(order('flops', true)).toEqual([2, 1, 0]);
    expect(order('no such number', false)).toEqual([0, 1, 2]);
  });

  it('are not modular above half of their model', () => {
    expect([0.02, 0.5, 0.51, 0.98].map((share) => isModular({ share }))).toEqual([true, true, false, false]);
  });

  it('stand in the order that is asked for', () => {
    const jaccard = [
      [1, 0.1, 0.9],
      [0.1, 1, 0.2],
      [0.9, 0.2, 1],
    ];
    expect(classOrder('label', { modules, jaccard })).toEqual([0, 1, 2]);
    expect(classOrder('size', { modules, jaccard })).toEqual([1, 0, 2]);
    expect(classOrder('clustered', { modules, jaccard })).toEqual([0, 2, 1]);
  });
});

describe('thresholds to measure', () => {
  it('are the usual ones and the one that is looked at, unless they were measured', () => {
    expect(missingTaus([], 0.42)).toEqual([0.1, 0.3, 0.42, 0.5, 0.7, 0.8, 0.9, 0.95]);
    expect(missingTaus([0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95], 0.9)).toEqual([]);
  });

  it('are asked for on the command line, too', () => {
    expect(sweepCommand('a1', [0.42])).toBe('npx moda runs sweep-tau a1 --tau 0.42');
  });

  it('are the usual ones of every sweep, asked for with the same line', () => {
    expect(missingTaus([], 0.9)).toEqual(defaultSweepTaus);
    expect(subtasksPerSize).toBe(defaultSubtasksPerSize);
    for (const taus of [defaultSweepTaus, [0.42], [0.1, 0.95]])
      expect(sweepCommand('a1', taus)).toBe(
        `npx ${taskCommandLine({ kind: 'sweepTau', run: 'a1', taus, subtasksPerSize })}`,
      );
  });
});

describe('an address', () => {
  it.each([
    [0.9, 0.9],
    [0.123456, 0.12],
    [-4, 0],
    [7, 1],
  ])('with tau %d means %d', (given, meant) => {
    expect(steppedTau(given)).toBe(meant);
  });

  const layers = [
    { name: 'a', units: 3 },
    { name: 'b', units: 20 },
  ];
  it('names a unit by the positions of its layer and its own', () => {
    expect(unitOf('1.17', layers)).toEqual({ layer: 'b', unit: 17 });
  });

  it.each(['', '2.0', '0.3', 'b.1', '1', '-1.0'])('with unit "%s" names none', (text) => {
    expect(unitOf(text, layers)).toBeUndefined();
  });
});

describe('files and runs of a model', () => {
  const file = (name: string) => ({ name, sizeBytes: 1, url: `http://files/${name}` });

  it('are the manifest and the rates; without rates there are no modules', () => {
    const all = ['model/module.json', 'model/rates.safetensors', 'model/weights.safetensors'].map(file);
    expect(modelFilesOf(all)?.rates.url).toBe('http://files/model/rates.safetensors');
    expect(modelFilesOf(all.slice(0, 1))).toBeUndefined();
    expect(modelFilesOf(null)).toBeUndefined();
  });

  it('are those that were made of it, or of its decomposition', () => {
    const runs = [
      { id: 'sweep-2', task: { kind: 'sweepTau', run: 'parts' } },
      { id: 'sweep-1', task: { kind: 'sweepTau', run: 'whole' } },
      { id: 'parts', task: { kind: 'decompose', run: 'whole' } },
      { id: 'other', task: { kind: 'sweepTau', run: 'stranger' } },
      { id: 'whole', task: { kind: 'train' } },
    ];
    expect(madeOf(['whole'], runs).map(({ id }) => id)).toEqual(['sweep-2', 'sweep-1', 'parts']);
  });
});
