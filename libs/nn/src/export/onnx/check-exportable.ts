import { ModaError } from '@moda/contracts';
import type { Architecture } from '../../graph/architecture.js';
import { outputShape } from '../../graph/infer-shapes.js';
import { parameterSpecs } from '../../graph/parameters.js';
import type { OutputShape } from '../../graph/shapes.js';

/** One message of protocol buffers ends below 2 GiB: lengths are signed numbers of 32 bits in most readers. */
export const MAX_MODEL_BYTES = 2 ** 31 - 1;

/**
 * Fails where an architecture has no ONNX form, before any memory is taken for it.
 *
 * @throws ModaError EXPORT_TOO_LARGE, ARCHITECTURE_INVALID for an output that is a map, CLASS_UNKNOWN for another number of class
 *   names than of outputs
 */
export function checkExportable(
  architecture: Architecture,
  shapes: Map<string, OutputShape>,
  classNames: readonly string[] | undefined,
): void {
  const { flat, channels } = outputShape(architecture, shapes);
  if (!flat) {
    throw new ModaError(
      'ARCHITECTURE_INVALID',
      `Architecture "${architecture.name}" ends in a map; end it in a dense layer to export it to ONNX.`,
    );
  }
  if (classNames && classNames.length !== channels.kept.length) {
    throw new ModaError(
      'CLASS_UNKNOWN',
      `The network has ${channels.kept.length} outputs, but ${classNames.length} class names are given; give one for each output.`,
    );
  }
  const values = parameterSpecs(architecture, shapes).reduce(
    (sum, { shape }) => sum + shape.reduce((product, extent) => product * extent, 1),
    0,
  );
  checkSize(values * Float32Array.BYTES_PER_ELEMENT);
}

/** @throws ModaError EXPORT_TOO_LARGE */
export function checkSize(sizeBytes: number): void {
  if (sizeBytes <= MAX_MODEL_BYTES) return;
  throw new ModaError(
    'EXPORT_TOO_LARGE',
    `The network takes ${(sizeBytes / 2 ** 30).toFixed(1)} GiB, and an ONNX file ends below 2 GiB; export it as safetensors.`,
    { sizeBytes, limitBytes: MAX_MODEL_BYTES },
  );
}
