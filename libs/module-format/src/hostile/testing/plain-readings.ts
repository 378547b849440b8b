// Readers that check nothing, written apart from the ones under test: they say what a file holds if it is sound.

interface PlainTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Buffer;
}

function plainTensors(bytes: Uint8Array): {
  tensors: Map<string, PlainTensor>;
  metadata: Record<string, string>;
} {
  const file = Buffer.from(bytes);
  const start = 8 + Number(file.readBigUInt64LE(0));
  const { __metadata__: metadata = {}, ...entries } = JSON.parse(file.toString('utf8', 8, start)) as Record<
    string,
    never
  >;
  const tensors = new Map<string, PlainTensor>();
  let covered = start;
  for (const [name, entry] of Object.entries(entries)) {
    const {
      dtype,
      shape,
      data_offsets: offsets,
    } = entry as { dtype: string; shape: number[]; data_offsets: number[] };
    tensors.set(name, { dtype, shape, bytes: file.subarray(start + offsets[0]!, start + offsets[1]!) });
    covered += offsets[1]! - offsets[0]!;
  }
  if (covered !== file.length) throw new Error(`${covered} of ${file.length} bytes are described.`);
  return { tensors, metadata };
}

/** One text for equal contents, whatever the order in which they are found. */
export function contentOf(
  tensors: Iterable<readonly [string, PlainTensor]>,
  metadata: Readonly<Record<string, string>>,
): string {
  const lines = [...tensors].map(([name, { dtype, shape, bytes }]) =>
    JSON.stringify([name, dtype, shape, bytes.toString('hex')]),
  );
  return JSON.stringify([lines.sort(), Object.entries(metadata).sort()]);
}

export function plainSafetensors(bytes: Uint8Array): string {
  const { tensors, metadata } = plainTensors(bytes);
  return contentOf(tensors, metadata);
}

export function plainRates(bytes: Uint8Array): string {
  const { tensors, metadata } = plainTensors(bytes);
  const layers = (JSON.parse(metadata['layers']!) as string[]).map((name) => {
    const { shape, dtype, bytes: counts } = tensors.get(`counts.${name}`)!;
    return { name, units: shape[1], counts: numbersIn(counts, dtype === 'U16' ? 2 : 4) };
  });
  return JSON.stringify({
    layers,
    samples: numbersIn(tensors.get('samples')!.bytes, 4),
    dataset: metadata['dataset'],
  });
}

export function plainSamples(bytes: Uint8Array): string {
  const { tensors, metadata } = plainTensors(bytes);
  const [images, labels, logits] = ['images', 'labels', 'logits'].map((name) => tensors.get(name)!);
  const words = <T>({ length }: Buffer, read: (at: number) => T): T[] =>
    Array.from({ length: length / 4 }, (_, index) => read(4 * index));
  return JSON.stringify({
    shape: images!.shape,
    images: [...images!.bytes],
    labels: words(labels!.bytes, (at) => labels!.bytes.readInt32LE(at)),
    logits: words(logits!.bytes, (at) => String(logits!.bytes.readFloatLE(at))),
    classNames: JSON.parse(metadata['classes']!) as unknown,
    dataset: metadata['dataset'] ?? '',
    normalisation: {
      mean: JSON.parse(metadata['mean']!) as unknown,
      std: JSON.parse(metadata['std']!) as unknown,
    },
    computedBy: JSON.parse(metadata['computedBy']!) as unknown,
  });
}

function numbersIn(bytes: Buffer, width: number): number[] {
  return Array.from({ length: bytes.length / width }, (_, index) => bytes.readUIntLE(index * width, width));
}
