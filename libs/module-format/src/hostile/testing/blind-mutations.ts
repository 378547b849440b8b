import type { Chance } from './chance.js';
import type { Mutation } from './mutation.js';

type Change = (bytes: Uint8Array, chance: Chance) => Uint8Array;

const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

const syntax = '{}[]":,0123456789-e.\\ ';

/** A piece of `bytes`: where it begins and where it ends. */
function piece(bytes: Uint8Array, chance: Chance): [number, number] {
  const begin = chance.nat(bytes.length);
  return [begin, Math.min(bytes.length, begin + 1 + chance.nat(24))];
}

/** Changes that know nothing of the format. */
const changes: Readonly<Record<string, Change>> = {
  'one bit flipped': (bytes, chance) => {
    const changed = bytes.slice();
    changed[chance.nat(bytes.length)]! ^= 1 << chance.nat(8);
    return changed;
  },
  'up to four bytes overwritten': (bytes, chance) => {
    const changed = bytes.slice();
    for (let times = 0; times <= chance.nat(4); times += 1)
      changed[chance.nat(bytes.length)] = chance.nat(256);
    return changed;
  },
  'a byte replaced by one of the syntax': (bytes, chance) => {
    const changed = bytes.slice();
    changed[chance.nat(bytes.length)] = syntax.charCodeAt(chance.nat(syntax.length));
    return changed;
  },
  truncated: (bytes, chance) => bytes.slice(0, chance.nat(bytes.length)),
  'made longer': (bytes, chance) => join(bytes, chance.bytes(1 + chance.nat(16))),
  'a piece taken out': (bytes, chance) => {
    const [begin, end] = piece(bytes, chance);
    return join(bytes.subarray(0, begin), bytes.subarray(end));
  },
  'random bytes put in': (bytes, chance) => {
    const [begin] = piece(bytes, chance);
    return join(bytes.subarray(0, begin), chance.bytes(1 + chance.nat(8)), bytes.subarray(begin));
  },
  'a piece of it put in elsewhere': (bytes, chance) => {
    const [begin, end] = piece(bytes, chance);
    const place = chance.nat(bytes.length);
    return join(bytes.subarray(0, place), bytes.subarray(begin, end), bytes.subarray(place));
  },
  'a piece overwritten by another': (bytes, chance) => {
    const [begin, end] = piece(bytes, chance);
    const changed = bytes.slice();
    changed.set(bytes.subarray(begin, end), chance.nat(bytes.length - (end - begin) + 1));
    return changed;
  },
  'a piece set to zero': (bytes, chance) => bytes.slice().fill(0, ...piece(bytes, chance)),
};

const names = Object.keys(changes);

export function blindMutation(bytes: Uint8Array, chance: Chance): Mutation {
  const what = chance.pick(names);
  return { what, bytes: changes[what]!(bytes, chance), outcome: 'as it reads' };
}

/** A change within the numbers of a file, which `data` are: another file, as sound as the first. */
export function dataMutation(
  bytes: Uint8Array,
  data: { begin: number; end: number },
  chance: Chance,
): Mutation {
  const changed = bytes.slice();
  changed[data.begin + chance.nat(data.end - data.begin)]! ^= 1 + chance.nat(255);
  return { what: 'a byte of its numbers changed', bytes: changed, outcome: 'changed' };
}
