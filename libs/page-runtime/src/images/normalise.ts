/** How values 0..255 become a model's input, one number for each channel. */
export interface Normalisation {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/**
 * `(value / 255 - mean) / std`, channel by channel, computed in float32 as in training.
 *
 * @param values of 0..255, channels last
 */
export function normalise(values: ArrayLike<number>, { mean, std }: Normalisation): Float32Array {
  const channels = mean.length;
  const input = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const channel = i % channels;
    input[i] = (values[i]! / 255 - mean[channel]!) / std[channel]!;
  }
  return input;
}
