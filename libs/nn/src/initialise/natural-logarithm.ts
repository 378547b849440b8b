const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0; // which word holds the exponent

const LN2 = 0.6931471805599453;
const SQRT2 = 1.4142135623730951;

/**
 * ln x for normal x > 0, within a few units in the last place. `Math.log` may differ in the last bit from one JavaScript engine to
 * the next; this uses only additions, multiplications and divisions, which may not, so that a seed means the same weights
 * everywhere.
 *
 * x = m 2^e with m in [sqrt(1/2), sqrt 2); ln m = 2 (s + s^3/3 + s^5/5 + ...), s = (m - 1)/(m + 1), |s| < 0.172.
 */
export function naturalLogarithm(x: number): number {
  float[0] = x;
  const high = words[HIGH] ?? 0;
  let exponent = (high >>> 20) - 1023;
  words[HIGH] = (high & 0x000fffff) | 0x3ff00000;
  let m = float[0];
  if (m > SQRT2) {
    m *= 0.5;
    exponent++;
  }
  const s = (m - 1) / (m + 1);
  const q = s * s;
  // Written out: this is the inner loop of drawing tens of millions of weights.
  let series = 1 / 21;
  series = series * q + 1 / 19;
  series = series * q + 1 / 17;
  series = series * q + 1 / 15;
  series = series * q + 1 / 13;
  series = series * q + 1 / 11;
  series = series * q + 1 / 9;
  series = series * q + 1 / 7;
  series = series * q + 1 / 5;
  series = series * q + 1 / 3;
  series = series * q + 1;
  return exponent * LN2 + 2 * s * series;
}
