/** What a file may ask for before it is believed. */
export interface SafetensorsLimits {
  /** Bytes of the JSON header. */
  readonly maxHeaderBytes: number;
  readonly maxTensors: number;
  /** Axes of one tensor. */
  readonly maxRank: number;
}

export const defaultSafetensorsLimits: SafetensorsLimits = {
  // About 100 bytes a tensor, so room for the tensors below; parsing more would only cost memory (the reference allows 100 MB).
  maxHeaderBytes: 8 * 1024 * 1024,
  // The largest network here has a few hundred; a hundred modules of it have some ten thousand.
  maxTensors: 65_536,
  // Kernels have 4 axes, video would have 5.
  maxRank: 8,
};
