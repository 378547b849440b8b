/** Whole numbers from 0 below a bound, the same ones for the same seed. */
export type Dice = (bound: number) => number;

export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  return (bound) => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % bound;
  };
}

/** The words that hostile questions are made of; they are of the schema, so that questions get as far as they can. */
export interface Vocabulary {
  /** A root field without arguments that gives a list or an object. */
  readonly root: string;
  /** A root field with `first`. */
  readonly paged: string;
  /** A field of the object that leads to another such object. */
  readonly circle: string;
  /** A field of the object with a plain value. */
  readonly leaf: string;
  /** The type of the object. */
  readonly type: string;
}

/** The body of a request. */
export type Attack = (dice: Dice, words: Vocabulary) => unknown;

const many = (count: number, of: (index: number) => string, between = ' ') =>
  Array.from({ length: count }, (_, index) => of(index)).join(between);

const nested = (depth: number, open: string, core: string) =>
  `${open} { `.repeat(depth) + core + ' }'.repeat(depth);

/** Kinds of questions that cost a naive gateway its time or its memory. */
export const attacks: Readonly<Record<string, Attack>> = {
  deep: (dice, { root, circle, leaf }) => ({
    query: `{ ${root} { ${nested(1 + dice(1_500), circle, leaf)} } }`,
  }),
  'deep in brackets that never close': (dice) => ({ query: '{a'.repeat(1 + dice(20_000)) }),
  wide: (dice, { root, leaf }) => ({ query: `{ ${root} { ${many(1 + dice(4_500), () => leaf)} } }` }),
  'wide at the root': (dice, { root, leaf }) => ({
    query: `{ ${many(1 + dice(1_200), () => `${root} { ${leaf} }`)} }`,
  }),
  aliased: (dice, { root, leaf }) => ({
    query: `{ ${many(1 + dice(700), (n) => `a${n}: ${root} { ${leaf} }`)} }`,
  }),
  'fragments in a circle': (dice, { root, type }) => {
    const count = 1 + dice(300);
    return {
      query: `{ ${root} { ...F0 } } ${many(count, (n) => `fragment F${n} on ${type} { ...F${(n + 1) % count} }`)}`,
    };
  },
  'fragments that double': (dice, { root, circle, leaf, type }) => {
    const count = 1 + dice(200);
    const body = [`...F`, `...F`];
    return {
      query: `{ ${root} { ...F0 } } ${many(count, (n) => `fragment F${n} on ${type} { ${body.map((spread) => `${circle} { ${spread}${n + 1} }`).join(' ')} }`)} fragment F${count} on ${type} { ${leaf} }`,
    };
  },
  'fields that must be compared with each other': (dice, { root, circle, leaf }) => {
    const sides = 2 + dice(5);
    const build = (depth: number): string =>
      depth === 0 ? leaf : many(sides, () => `${circle} { ${build(depth - 1)} }`);
    return { query: `{ ${root} { ${build(Math.floor(Math.log(900) / Math.log(sides)))} } }` };
  },
  'fragments that must be compared with each other': (dice, { root, leaf, type }) => {
    const count = 1 + dice(400);
    return {
      query: `{ ${root} { ${many(count, (n) => `...F${n}`)} } } ${many(count, (n) => `fragment F${n} on ${type} { ${leaf} }`)}`,
    };
  },
  'inline fragments in each other': (dice, { root, leaf }) => ({
    query: `{ ${root} { ${nested(1 + dice(1_900), '...', leaf)} } }`,
  }),
  'huge pages': (dice, { paged, leaf, circle }) => ({
    query: `query ($n: Int) { ${paged}(first: $n) { ${nested(dice(4), circle, leaf)} } }`,
    variables: { n: 10 ** (1 + dice(12)) },
  }),
  'huge lists of values': (dice, { root, leaf }) => ({
    query: `query ($v: [Int]) { ${root} { ${leaf} } }`,
    variables: { v: Array.from({ length: dice(20_000) }, () => 1) },
  }),
  batch: (dice, { root, leaf }) =>
    Array.from({ length: 1 + dice(500) }, () => ({ query: `{ ${root} { ${leaf} } }` })),
  directives: (dice, { root, leaf }) => ({
    query: `{ ${root} { ${leaf} ${many(1 + dice(800), () => '@include(if: true)')} } }`,
  }),
  'unknown fields': (dice, { root }) => ({
    query: `{ ${root} { ${many(1 + dice(199), (n) => `nmae${n}`)} } }`,
  }),
  'many operations': (dice, { root, leaf }) => ({
    query: many(1 + dice(500), (n) => `query Q${n} { ${root} { ${leaf} } }`),
  }),
  'introspection in a circle': (dice) => {
    const depth = 1 + dice(300);
    return {
      query: `{ __schema { types { ${'fields { type { '.repeat(depth)} name ${'} } '.repeat(depth)} } } }`,
    };
  },
  'long words': (dice, { root }) => ({ query: `{ ${root}${'x'.repeat(dice(100_000))} }` }),
  'long texts': (dice, { root, leaf }) => ({
    query: `{ ${root} { ${leaf} } } # ${'"""'.repeat(dice(30_000))}`,
  }),
  'more variables than fields': (dice, { root, leaf }) => ({
    query: `query (${many(1 + dice(900), (n) => `$v${n}: Int`)}) { ${root} { ${leaf} } }`,
  }),
  'bytes of chance': (dice) => ({
    query: many(dice(3_000), () => '{}()[]$@!:=|&"\\#.abc0 \n\u0000\ud800'[dice(28)] ?? '', ''),
  }),
};
