import { isArrayOf, isDtype, type SafeTensor } from './dtype.js';
import { safetensorsHeaderBytes } from './header-bytes.js';
import { invalid, quoted } from './invalid.js';

/**
 * Writes a safetensors file under the header of `safetensorsHeaderBytes`: the same content gives the same bytes. Borrows its
 * inputs. Throws `SAFETENSORS_INVALID` for what `readSafetensors` would refuse.
 */
export function writeSafetensors(
  tensors: Iterable<readonly [name: string, tensor: SafeTensor]>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const given = [...tensors];
  for (const [name, tensor] of given) checkElements(name, tensor);
  const { header, order, sizeBytes } = safetensorsHeaderBytes(
    given.map(([name, { dtype, shape }]) => ({ name, dtype, shape })),
    metadata,
  );
  const byName = new Map(given);
  for (const { name, begin, end } of order) checkSize(name, byName.get(name)!, end - begin);
  const file = new Uint8Array(sizeBytes);
  file.set(header);
  for (const { name, begin } of order) {
    const { data } = byName.get(name)!;
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length + begin);
  }
  return file;
}

function checkElements(name: string, { dtype, data }: SafeTensor): void {
  if (!isDtype(dtype) || !isArrayOf(dtype, data)) {
    throw invalid(`The data of tensor ${quoted(name)} is not an array of ${quoted(String(dtype))}`);
  }
  if (dtype === 'BOOL' && (data as Uint8Array).some((byte) => byte > 1)) {
    throw invalid(`Tensor ${quoted(name)} of type BOOL holds a byte other than 0 and 1`);
  }
}

/** Before the file is allocated: a shape alone could ask for any size. */
function checkSize(name: string, { dtype, shape, data }: SafeTensor, size: number): void {
  if (size === data.byteLength) return;
  throw invalid(
    `Tensor ${quoted(name)} of type ${dtype} and shape [${shape.join(', ')}] needs ${size} bytes, but has ${data.byteLength}`,
  );
}
