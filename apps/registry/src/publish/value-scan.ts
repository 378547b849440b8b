import { ModaError } from '@moda/contracts';

/** The float32 values of one parameter in a file. */
export interface ValueRun {
  readonly parameter: string;
  /** Byte after the last of its values, counted from the end of the header; it begins where the run before it ends. */
  readonly end: number;
  /** Whether values below zero are possible. */
  readonly signed: boolean;
}

const valueBytes = 4;
/** Bits of a float32 that are all set in infinities and in what is not a number. */
const exponentMask = 0x7f800000;
/** As a word, the largest of the numbers below zero comes right after this, which is zero itself. */
const minusZero = 0x80000000;

/** Looks at every value of a file that comes in pieces of any size. Holds less than one value between them. */
export class ValueScan {
  readonly #runs: readonly ValueRun[];
  #current = 0;
  #headerLeft: number;
  /** Bytes of values that were looked at. */
  #scanned = 0;
  /** The first bytes of a value that lies in two pieces. */
  #carried = new Uint8Array(0);

  /** The runs follow each other from the end of the header, each of a multiple of 4 bytes. */
  constructor(headerBytes: number, runs: readonly ValueRun[]) {
    this.#headerLeft = headerBytes;
    this.#runs = runs;
  }

  /** @throws ModaError PARAMETER_MISMATCH naming the first value that cannot be */
  take(piece: Uint8Array): void {
    const ofHeader = Math.min(this.#headerLeft, piece.length);
    this.#headerLeft -= ofHeader;
    const missing = this.#carried.length === 0 ? 0 : valueBytes - this.#carried.length;
    const bridge = Buffer.concat([this.#carried, piece.subarray(ofHeader, ofHeader + missing)]);
    if (bridge.length < valueBytes && missing > 0) {
      this.#carried = bridge;
      return;
    }
    this.#scan(bridge);
    const rest = piece.subarray(ofHeader + missing);
    const whole = rest.length - (rest.length % valueBytes);
    this.#scan(rest.subarray(0, whole));
    // A copy: the piece may be reused by its maker.
    this.#carried = Uint8Array.from(rest.subarray(whole));
  }

  #scan(values: Uint8Array): void {
    for (let at = 0; at < values.length;) {
      const run = this.#runs[this.#current];
      if (!run) return;
      const end = Math.min(at + run.end - this.#scanned, values.length);
      this.#scanRun(run, values.subarray(at, end));
      this.#scanned += end - at;
      at = end;
      if (this.#scanned === run.end) this.#current += 1;
    }
  }

  #scanRun(run: ValueRun, values: Uint8Array): void {
    // Not `slice`, which for a Buffer is another view.
    const aligned = values.byteOffset % valueBytes === 0 ? values : new Uint8Array(values);
    const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / valueBytes);
    for (let i = 0; i < words.length; i++) {
      const word = words[i]!;
      if ((word & exponentMask) === exponentMask || (!run.signed && word > minusZero))
        throw this.#wrong(run, i, word);
    }
  }

  #wrong({ parameter }: ValueRun, offset: number, word: number): ModaError {
    const start = this.#runs[this.#current - 1]?.end ?? 0;
    const index = (this.#scanned - start) / valueBytes + offset;
    const value = new Float32Array(Uint32Array.of(word).buffer)[0] ?? Number.NaN;
    const rule = Number.isFinite(value) ? 'but a variance is never negative' : 'not a finite number';
    return new ModaError(
      'PARAMETER_MISMATCH',
      `Parameter "${parameter}" is ${value} at index ${index}, ${rule}; mend weights.safetensors or train the model anew.`,
      { parameter, index },
    );
  }
}
