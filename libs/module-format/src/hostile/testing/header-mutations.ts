import { rawFile } from '../../safetensors/testing.js';
import type { Chance } from './chance.js';
import type { Mutation } from './mutation.js';

/** The header of a safetensors file as JSON texts, which can say what no object can: a key twice, a number of any size. */
interface Header {
  readonly metadata: string;
  readonly tensors: readonly Tensor[];
}

interface Tensor {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly string[];
  readonly offsets: readonly string[];
}

type Change = (header: Header, chance: Chance) => { header: Header | string; outcome: Mutation['outcome'] };

const sizes =
  '0 1 2 3 4 7 -1 -0 1.5 1e3 1e999 4294967296 9007199254740991 9007199254740993 "4" null [] true'.split(' ');
const dtypes = 'BOOL U8 I8 U16 I16 F16 BF16 U32 I32 F32 U64 I64 F64 F8_E4M3 f32 constructor'.split(' ');
const names = [
  '',
  'x',
  '__proto__',
  '__metadata__',
  'constructor',
  '\\ud800',
  '\\u0000',
  '../../etc/passwd',
  'a'.repeat(3000),
];

/** Replaces one tensor by what `change` makes of it. */
function onOneTensor(
  outcome: Mutation['outcome'],
  change: (tensor: Tensor, chance: Chance, header: Header) => Partial<Tensor>,
): Change {
  return (header, chance) => {
    const place = chance.nat(header.tensors.length);
    const tensors = header.tensors.map((tensor, position) =>
      position === place ? { ...tensor, ...change(tensor, chance, header) } : tensor,
    );
    return { header: { ...header, tensors }, outcome };
  };
}

/** Replaces one text in a list; a list without any gets one. */
const withOne = (texts: readonly string[], chance: Chance, values: readonly string[]) => {
  const place = chance.nat(Math.max(1, texts.length));
  return [...texts.slice(0, place), chance.pick(values), ...texts.slice(place + 1)];
};

const changes: Readonly<Record<string, Change>> = {
  'tensors described in another order': (header) => ({
    header: { ...header, tensors: [...header.tensors].reverse() },
    outcome: 'equal',
  }),
  'spaces in the header': (header, chance) => ({
    header: textOf(header).replaceAll(':', `: ${' '.repeat(chance.nat(5))}`) + ' '.repeat(chance.nat(9)),
    outcome: 'equal',
  }),
  'a name spelled with escapes': onOneTensor('equal', ({ name }) => ({
    name: name.replace(/./g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
  })),
  'another size': onOneTensor('as it reads', ({ shape }, chance) => ({
    shape: withOne(shape, chance, sizes),
  })),
  'another axis': onOneTensor('as it reads', ({ shape }, chance) => ({
    shape: [...shape, chance.pick(sizes)],
  })),
  'an axis of 1 more': onOneTensor('as it reads', ({ shape }) => ({ shape: ['1', ...shape] })),
  'an axis less': onOneTensor('as it reads', ({ shape }) => ({ shape: shape.slice(1) })),
  'nine axes': onOneTensor('refused', ({ shape }) => ({
    shape: ['1', '1', '1', '1', '1', '1', '1', '1', '1', ...shape],
  })),
  'another offset': onOneTensor('as it reads', ({ offsets }, chance) => ({
    offsets: withOne(offsets, chance, sizes),
  })),
  'offsets shifted': onOneTensor('as it reads', ({ offsets }, chance) => {
    const by = chance.pick([-8, -4, -1, 1, 4, 8]);
    return { offsets: offsets.map((offset) => String(Number(offset) + by)) };
  }),
  'the place of another tensor': onOneTensor('as it reads', (_, chance, { tensors }) => ({
    offsets: chance.pick(tensors).offsets,
  })),
  'offsets missing or too many': onOneTensor('refused', ({ offsets }, chance) => ({
    offsets: chance.pick([[], offsets.slice(1), [...offsets, '0']]),
  })),
  'another element type': onOneTensor('as it reads', (_, chance) => ({ dtype: chance.pick(dtypes) })),
  'an unknown field': (header, chance) => ({
    header: textOf(header).replace('"dtype"', `"${chance.pick(['x', 'Shape', 'data'])}":0,"dtype"`),
    outcome: 'refused',
  }),
  'a field twice': (header, chance) => ({
    header: textOf(header).replace(
      '{"dtype"',
      `{"${chance.pick(['dtype', 'shape', 'data_offsets'])}":[],"dtype"`,
    ),
    outcome: 'refused',
  }),
  'a tensor twice': (header, chance) => ({
    header: { ...header, tensors: [...header.tensors, chance.pick(header.tensors)] },
    outcome: 'refused',
  }),
  'a tensor too few': (header, chance) => {
    const place = chance.nat(header.tensors.length);
    return {
      header: { ...header, tensors: header.tensors.filter((_, i) => i !== place) },
      outcome: 'as it reads',
    };
  },
  'another name': onOneTensor('as it reads', (_, chance) => ({ name: chance.pick(names) })),
  'other metadata': (header, chance) => ({
    header: {
      ...header,
      metadata: chance.pick(['{}', '[]', 'null', '{"a":1}', '{"a":"1"}', '{"__proto__":"a"}', '""']),
    },
    outcome: 'as it reads',
  }),
  'no object at all': (_, chance) => ({
    header: chance.pick(['', 'null', '[]', '1', '"{}"', '{', '{}{}', '\u0000', ' {}', '{"a":'.repeat(2000)]),
    outcome: 'refused',
  }),
};

/** Lengths that a length field may claim; the file has none of them. */
const lengths = [
  0n,
  1n,
  7n,
  1n << 23n,
  (1n << 23n) + 1n,
  1n << 31n,
  1n << 32n,
  1n << 53n,
  1n << 63n,
  (1n << 64n) - 1n,
];

const kinds = [...Object.keys(changes), 'another length of the header'];

export function headerMutation(bytes: Uint8Array, chance: Chance): Mutation {
  const what = chance.pick(kinds);
  const change = changes[what];
  if (change === undefined) {
    const changed = bytes.slice();
    new DataView(changed.buffer).setBigUint64(0, chance.pick(lengths), true);
    return { what, bytes: changed, outcome: 'refused' };
  }
  const { text, data } = partsOf(bytes);
  const { header, outcome } = change(headerOf(text), chance);
  return { what, bytes: rawFile(typeof header === 'string' ? header : textOf(header), data), outcome };
}

function partsOf(bytes: Uint8Array): { text: string; data: Uint8Array } {
  const end = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  return { text: new TextDecoder().decode(bytes.subarray(8, end)), data: bytes.subarray(end) };
}

function headerOf(text: string): Header {
  const { __metadata__: metadata, ...tensors } = JSON.parse(text) as Record<string, unknown>;
  return {
    metadata: JSON.stringify(metadata),
    tensors: Object.entries(tensors).map(([name, entry]) => {
      const { dtype, shape, data_offsets: offsets } = entry as Record<string, unknown[]>;
      return { name, dtype: String(dtype), shape: shape!.map(String), offsets: offsets!.map(String) };
    }),
  };
}

function textOf({ metadata, tensors }: Header): string {
  const fields = tensors.map(
    ({ name, dtype, shape, offsets }) =>
      `"${name}":{"dtype":"${dtype}","shape":[${shape.join(',')}],"data_offsets":[${offsets.join(',')}]}`,
  );
  return `{"__metadata__":${metadata},${fields.join(',')}}`;
}
