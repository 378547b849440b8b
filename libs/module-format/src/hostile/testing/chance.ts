/** Repeatable chance: the same seed gives the same mutations on every machine. */
export interface Chance {
  /** An integer of 0 to `below` - 1. */
  readonly nat: (below: number) => number;
  readonly pick: <T>(values: readonly T[]) => T;
  readonly bytes: (count: number) => Uint8Array;
}

/** A multiply-with-carry generator of 32 bits, enough to choose places in small files. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0 || 1;
  let carry = 0x2545f491;
  const nat = (below: number) => {
    const product = BigInt(state) * 4294957665n + BigInt(carry);
    state = Number(product & 0xffffffffn);
    carry = Number(product >> 32n);
    return state % below;
  };
  return {
    nat,
    pick: (values) => values[nat(values.length)]!,
    bytes: (count) => Uint8Array.from({ length: count }, () => nat(256)),
  };
}
