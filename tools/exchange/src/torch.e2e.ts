import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from './run-program.mjs';

const root = join(import.meta.dirname, '..', '..', '..');
const comparison = join(root, 'tools', 'golden', 'compare_cli.py');
const moda = `"${process.execPath}" "${join(root, 'apps', 'cli', 'bin', 'moda.mjs')}"`;

/** A Python that has torch, numpy and safetensors. Torch takes gigabytes, so it is never fetched. */
const python = process.env['MODA_TORCH_PYTHON'] ?? '';
const required = (process.env['MODA_REQUIRE'] ?? '').split(',').includes('torch');

describe.skipIf(!required && !existsSync(python))(
  'weights that PyTorch reads and writes [needs torch]',
  () => {
    /** Compares the built `moda` with PyTorch, live; gives what was compared. */
    async function compare(architecture: string, stages: readonly string[]): Promise<string> {
      if (!existsSync(python)) {
        throw new Error(
          'No PyTorch; name a Python that has torch, numpy and safetensors in MODA_TORCH_PYTHON.',
        );
      }
      const args = ['--arch', architecture, '--stages', ...stages, '--moda', moda];
      const { exitCode, output, complaint } = await runProgram(python, [comparison, ...args]);
      // Beyond a tolerance, or not done: the lines say what.
      expect(exitCode, `${output}${complaint}`).toBe(0);
      return output;
    }

    it.each(['lenet5', 'vgg16', 'resnet18', 'mobilenet'])(
      'go in from torch.save and out into a plain module, strictly, with the same logits: %s',
      async (architecture) => {
        const output = await compare(architecture, ['predicts', 'exchanges']);
        expect(output).toMatch(/export of an import .* ok\n/);
        expect(output).toMatch(/ logits .* ok\n/);
        expect(output).toMatch(/logits of an export in PyTorch .* ok\n/);
      },
    );

    it('of a composition go into a plain module of its widths', { timeout: 900_000 }, async () => {
      const output = await compare('resnet18', ['decomposes']);
      // 1, 2 and 5 classes at two thresholds.
      expect(output.match(/its export in PyTorch .* ok\n/g)).toHaveLength(6);
    });
  },
);
