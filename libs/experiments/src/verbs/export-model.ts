import { ModaError } from '@moda/contracts';
import { type ModelManifest, writeSafetensors } from '@moda/module-format';
import { toNativeLayout, toPytorchLayout } from '@moda/nn';
import { toLayersModel, toOnnx } from '@moda/nn/export';
import { toSafeTensors } from '../files/host-tensors.js';
import { spareInputs } from '../files/spare-inputs.js';
import { writeAtomically } from '../files/write-atomically.js';
import { requireFreeFolder, writeOutputFolder } from '../files/write-output-folder.js';
import { readModel, type StoredModel } from '../model/model-folder.js';
import type { ParameterLayout } from '../model/read-parameters.js';
import { programVersion } from '../model/version.js';
import type { RunContext } from '../run-context.js';

export interface ExportOptions {
  readonly model: string;
  readonly format: 'safetensors' | 'tfjs' | 'onnx';
  /** Of a safetensors file only; native when absent. */
  readonly layout?: ParameterLayout | undefined;
  /** File to write, or for `tfjs` the folder, which has to be new or empty. */
  readonly out: string;
}

export interface ExportResult {
  readonly path: string;
  readonly format: ExportOptions['format'];
  readonly layout?: ParameterLayout;
  readonly files: number;
  /** Of all files together. */
  readonly sizeBytes: number;
}

/**
 * Writes a model for other programs: its parameters as a safetensors file, a TensorFlow.js LayersModel or an ONNX file. What is there
 * afterwards is whole or nothing.
 *
 * @throws ModaError USAGE for a layout where there is none to choose, OUTPUT_EXISTS where the place is taken, the errors of
 *   `readModel`, `toLayersModel` and `toOnnx`
 */
export async function exportModel(options: ExportOptions, _context: RunContext): Promise<ExportResult> {
  const { model, format, layout, out } = options;
  if (format !== 'safetensors' && layout !== undefined) {
    throw new ModaError(
      'USAGE',
      `The layout is chosen for --format safetensors only; leave out --layout with --format ${format}.`,
    );
  }
  await spareInputs(out, { files: [], folders: [model] });
  if (format === 'tfjs') return exportLayersModel(options);
  const stored = await readModel(model);
  const bytes = format === 'onnx' ? onnxOf(stored) : safetensorsOf(stored, layout ?? 'native');
  await writeAtomically(out, bytes);
  return {
    path: out,
    format,
    ...(format === 'safetensors' ? { layout: layout ?? 'native' } : {}),
    files: 1,
    sizeBytes: bytes.length,
  };
}

async function exportLayersModel({ model, format, out }: ExportOptions): Promise<ExportResult> {
  await requireFreeFolder(out);
  const { network, manifest } = await readModel(model);
  const files = toLayersModel(network, forUsers(manifest));
  await writeOutputFolder(out, files);
  const sizeBytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  return { path: out, format, files: files.size, sizeBytes };
}

function onnxOf({ network, manifest }: StoredModel): Uint8Array {
  return toOnnx(network, { ...forUsers(manifest), producerVersion: programVersion });
}

/** What an exported file says beside the network: its classes, and how images were normalised. */
function forUsers({ classes, dataset }: ModelManifest) {
  return {
    classNames: classes.map(({ name }) => name),
    ...(dataset ? { normalisation: dataset.normalisation } : {}),
  };
}

function safetensorsOf({ network }: StoredModel, layout: ParameterLayout): Uint8Array {
  const tensors = layout === 'pytorch' ? toPytorchLayout(network) : toNativeLayout(network);
  return writeSafetensors(toSafeTensors(tensors));
}
