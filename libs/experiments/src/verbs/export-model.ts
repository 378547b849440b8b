import { ModaError } from '@moda/contracts';
import { writeSafetensors } from '@moda/module-format';
import { toNativeLayout, toPytorchLayout } from '@moda/nn';
import { toSafeTensors } from '../files/host-tensors.js';
import { spareInputs, writeOutputFile } from '../files/write-output-file.js';
import { readModel } from '../model/model-folder.js';
import type { ParameterLayout } from '../model/read-parameters.js';
import type { RunContext } from '../run-context.js';

export interface ExportOptions {
  readonly model: string;
  readonly format: 'safetensors' | 'tfjs' | 'onnx';
  readonly layout: ParameterLayout;
  /** File to write. */
  readonly out: string;
}

export interface ExportResult {
  readonly path: string;
  readonly format: string;
  readonly layout: ParameterLayout;
  readonly sizeBytes: number;
}

/** Writes a model's parameters, running statistics included, as one file for other programs. */
export async function exportModel(options: ExportOptions, _context: RunContext): Promise<ExportResult> {
  if (options.format !== 'safetensors') {
    throw new ModaError(
      'FORMAT_NOT_SUPPORTED',
      `Export to ${options.format} is not there yet; use --format safetensors with --layout pytorch or native.`,
      { format: options.format },
    );
  }
  await spareInputs(options.out, { files: [], folders: [options.model] });
  const { network } = await readModel(options.model);
  const tensors = options.layout === 'pytorch' ? toPytorchLayout(network) : toNativeLayout(network);
  const bytes = writeSafetensors(toSafeTensors(tensors));
  await writeOutputFile(options.out, bytes);
  return { path: options.out, format: options.format, layout: options.layout, sizeBytes: bytes.length };
}
