import type { Normalisation } from './image-dataset.js';

export const byteValues = 256;

/**
 * The normalised value of every byte, `[channel, 256]`: `(byte / 255 - mean) / std`, each step rounded to float32, which
 * is what float32 tensor arithmetic gives, bit for bit.
 */
export function normalisationTable({ mean, std }: Normalisation, channels: number): Float32Array {
  if (mean.length !== channels || std.length !== channels) {
    throw new RangeError(
      `normalisation has ${mean.length} means and ${std.length} deviations for ${channels} channels`,
    );
  }
  const table = new Float32Array(channels * byteValues);
  for (let channel = 0; channel < channels; channel += 1) {
    const channelMean = Math.fround(mean[channel] as number);
    const channelStd = Math.fround(std[channel] as number);
    for (let byte = 0; byte < byteValues; byte += 1) {
      const centred = Math.fround(Math.fround(byte / 255) - channelMean);
      table[channel * byteValues + byte] = centred / channelStd;
    }
  }
  return table;
}
