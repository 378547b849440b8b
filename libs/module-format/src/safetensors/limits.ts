import type { JsonBounds } from '../json-bounds.js';

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

/**
 * A header is three levels deep. A tensor is 4 keys and, at the highest rank, 14 values: the most tensors leave room for
 * 65,536 pairs of metadata. More would only be a way to make few bytes cost much memory and time.
 */
export const headerBounds: JsonBounds = {
  maxDepth: 8,
  maxValues: 16 * defaultSafetensorsLimits.maxTensors,
  maxKeys: 5 * defaultSafetensorsLimits.maxTensors,
};
