/** Normalised images `[size, height, width, channel]` with their labels; borrowed for the time of one step. */
export interface Batch {
  readonly images: Float32Array;
  readonly labels: Int32Array;
  readonly size: number;
}
