import type { Architecture } from './architecture.js';

/** A parameter on the host, in native layout (row-major; kernels `[kh, kw, in, out]`, dense `[in, out]`). */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** An architecture with its parameters by name. Nothing changes a network: surgery and training return new ones. */
export interface Network {
  readonly architecture: Architecture;
  readonly parameters: ReadonlyMap<string, HostTensor>;
}
