import type { ImageShape } from '../graph/architecture.js';

export interface ArchitectureOptions {
  readonly input: ImageShape;
  /** Number of classes: the units of the last layer. */
  readonly classes: number;
}
