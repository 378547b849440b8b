/**
 * Softmax of each row.
 *
 * @param logits `[rows, classes]`
 * @returns shares 0..1 that sum to 1 in each row
 */
export function probabilities(logits: Float32Array, classes: number): Float32Array {
  const shares = new Float32Array(logits.length);
  for (let row = 0; row < logits.length; row += classes) {
    const values = logits.subarray(row, row + classes);
    const largest = Math.max(...values);
    const powers = Array.from(values, (value) => Math.exp(value - largest));
    const sum = powers.reduce((total, power) => total + power, 0);
    powers.forEach((power, i) => (shares[row + i] = power / sum));
  }
  return shares;
}
