import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runModa } from '../run-moda.js';

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-e2e-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a command that has to succeed and gives its JSON document. */
async function document(...args: string[]): Promise<Record<string, unknown>> {
  const { exitCode, standardOutput, standardError } = await runModa([...args, '--json']);
  expect(exitCode, standardError).toBe(0);
  return JSON.parse(standardOutput) as Record<string, unknown>;
}

describe('the method from a terminal', () => {
  it('trains, decomposes, composes and evaluates', async () => {
    const recipe = ['--arch', 'lenet5', '--epochs', '6', '--batch-size', '32', '--train-limit', '1600'];
    const trained = await document('train', ...recipe, '--out', at('model'));
    expect(trained).toMatchObject({ finished: true, epochs: 6 });
    expect(trained['accuracy']).toBeGreaterThan(0.8);

    const decomposed = await document('decompose', '--model', at('model'), '--out', at('modules'));
    const modules = decomposed['modules'] as { class: number; kept: number[][]; share: number }[];
    expect(modules.map((module) => module.class)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(modules.every(({ kept, share }) => kept.length === 4 && share < 1)).toBe(true);
    expect(await readdir(at('modules'))).toHaveLength(10);

    const composed = await document(
      'compose',
      '--model',
      at('model'),
      '--classes',
      '0,1',
      '--out',
      at('two'),
    );
    expect(composed['share']).toBeLessThan(1);
    const evaluated = await document('evaluate', '--model', at('two'));
    expect(evaluated['accuracy']).toBeGreaterThan(0.9);
  });

  it('takes the names of the public artifact for its options', async () => {
    const { exitCode } = await runModa([
      ...['train', '--model', 'lenet5', '--dataset', 'digits', '--n_epochs', '1', '--batch_size', '32'],
      ...['--wf_affinity', '1', '--wf_dispersion', '1', '--wf_compactness', '0.3', '--max-steps', '1'],
      ...['--out', at('artifact-names')],
    ]);
    expect(exitCode).toBe(0);
  });

  it('prints a table as CSV', async () => {
    const { standardOutput } = await runModa(['analyze', '--model', at('model'), '--csv']);
    const lines = standardOutput.trim().split(/\r?\n/);
    expect(lines[0]).toMatch(/^class,/);
    expect(lines).toHaveLength(11);
  });

  it('has one sentence and exit code 2 for a folder that would be overwritten, and leaves it alone', async () => {
    const before = await readdir(at('model'));
    const { exitCode, standardError } = await runModa(['train', '--arch', 'lenet5', '--out', at('model')]);
    expect(exitCode).toBe(2);
    expect(standardError).toMatch(/already holds .*choose another --out.*\[OUTPUT_EXISTS\]/);
    expect(await readdir(at('model'))).toEqual(before);
  });

  it('runs without native TensorFlow, says so loudly, and agrees with it', async () => {
    const { exitCode, standardOutput, standardError } = await runModa(
      ['evaluate', '--model', at('model'), '--limit', '200', '--json'],
      { MODA_BACKEND: 'wasm' },
    );
    expect(exitCode, standardError).toBe(0);
    const portable = JSON.parse(standardOutput) as { device: { tfjsBackend: string }; confusion: unknown };
    expect(portable.device.tfjsBackend).toBe('wasm');
    const native = await document('evaluate', '--model', at('model'), '--limit', '200');
    expect(portable.confusion).toEqual(native['confusion']);
  });
});
