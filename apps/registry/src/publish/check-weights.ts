import type { BlobStore } from '@moda/blob-store';
import { ModaError } from '@moda/contracts';
import type { PackageFile, SafetensorsHeader } from '@moda/module-format';
import { type Architecture, type ParameterSpec, parameterSpecs } from '@moda/nn/graph';
import { readWeightsHeader } from '../parents/read-weights-header.js';
import { ValueScan } from './value-scan.js';

/**
 * Reads a stored weights file from its first to its last byte, in little memory: the store checks its digest, this the header against the
 * architecture and each value.
 *
 * @throws ModaError SAFETENSORS_INVALID, PARAMETER_MISMATCH, and what the store throws
 */
export async function checkWeights(
  blobs: BlobStore,
  { digest, sizeBytes }: PackageFile,
  architecture: Architecture,
): Promise<void> {
  const header = await readWeightsHeader(blobs, digest);
  const { dataStart, dataBytes } = header;
  if (sizeBytes !== dataStart + dataBytes)
    throw new ModaError(
      'SAFETENSORS_INVALID',
      `The file weights.safetensors is ${sizeBytes < dataStart + dataBytes ? 'truncated' : 'too long'}: its header and tensors have ${dataStart + dataBytes} bytes, the file ${sizeBytes}.`,
    );
  const specs = parameterSpecs(architecture);
  checkTensors(header, specs);
  const variances = new Set(specs.filter(({ kind }) => kind === 'variance').map(({ name }) => name));
  const scan = new ValueScan(
    dataStart,
    // In the order of their data.
    [...header.tensors].map(([name, { end }]) => ({ parameter: name, end, signed: !variances.has(name) })),
  );
  for await (const piece of blobs.get(digest)) scan.take(piece);
}

/** The tensors must be exactly the parameters of the architecture, in native layout. */
function checkTensors({ tensors }: SafetensorsHeader, specs: readonly ParameterSpec[]): void {
  for (const { name, shape } of specs) {
    const tensor = tensors.get(name);
    const wanted = `[${shape.join(', ')}] of type F32`;
    if (!tensor) throw misfit(name, `Tensor "${name}" of shape ${wanted} is missing`);
    const same =
      tensor.dtype === 'F32' &&
      tensor.shape.length === shape.length &&
      tensor.shape.every((extent, axis) => extent === shape[axis]);
    if (!same)
      throw misfit(
        name,
        `Tensor "${name}" has shape [${tensor.shape.join(', ')}] of type ${tensor.dtype}, but the architecture needs ${wanted}`,
      );
  }
  if (tensors.size === specs.length) return;
  const known = new Set(specs.map(({ name }) => name));
  const extra = [...tensors.keys()].find((name) => !known.has(name)) ?? '';
  throw misfit(extra, `Tensor "${extra}" belongs to no operator of the architecture`);
}

function misfit(parameter: string, fact: string): ModaError {
  return new ModaError(
    'PARAMETER_MISMATCH',
    `${fact}; check that weights.safetensors belongs to module.json.`,
    { parameter },
  );
}
