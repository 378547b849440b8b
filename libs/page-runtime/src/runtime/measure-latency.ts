import type { LoadedModel } from './loaded-model.js';

export interface Measuring {
  /** Runs of one image. */
  readonly runs: number;
  /** No further run begins after so long (ms). */
  readonly limitMs: number;
  /** Milliseconds from any moment on. */
  readonly clock: () => number;
}

export interface Latency {
  /** For one image, from its values to its logits, in milliseconds. */
  readonly medianMs: number;
  /** Runs that it is the median of. */
  readonly runs: number;
}

/**
 * How long one image takes; the first run, which compiles and uploads, is told apart.
 *
 * @returns the first run in milliseconds, and the median of those after it
 */
export async function measureLatency(
  model: LoadedModel,
  { runs, limitMs, clock }: Measuring,
): Promise<Latency & { readonly firstMs: number }> {
  const { height, width, channels } = model.input;
  const image = new Float32Array(height * width * channels);
  const timed = async () => {
    const start = clock();
    await model.predict(image, 1);
    return clock() - start;
  };
  const begin = clock();
  const firstMs = await timed();
  const times = [await timed()];
  while (times.length < runs && clock() - begin < limitMs) times.push(await timed());
  return { firstMs, medianMs: median(times), runs: times.length };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
