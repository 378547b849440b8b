import type { Architecture, ChannelSet } from './architecture.js';

/** Shape of one sample at an operator's output. `flat` outputs are `[n, channel]` (height = width = 1). */
export interface OutputShape {
  readonly height: number;
  readonly width: number;
  readonly channels: ChannelSet;
  readonly flat: boolean;
}

/** Shapes by operator name, `input` included. Implemented in infer-shapes.ts, which also checks the architecture. */
export type ShapesByName = ReadonlyMap<string, OutputShape>;
export type InferShapes = (architecture: Architecture) => ShapesByName;

/** `trainable` parameters take gradients; `statistic` ones are batch norm's running mean and variance. */
export type ParameterRole = 'trainable' | 'statistic';
export type ParameterKind = 'kernel' | 'bias' | 'scale' | 'offset' | 'mean' | 'variance';

/** One parameter that an architecture needs, named `<operator>/<kind>`. */
export interface ParameterSpec {
  readonly name: string;
  readonly operator: string;
  readonly kind: ParameterKind;
  readonly role: ParameterRole;
  readonly shape: readonly number[];
}

/** A tracked layer: the output of a ReLU, in forward order. */
export interface TrackedLayer {
  readonly name: string;
  readonly channels: ChannelSet;
  readonly height: number;
  readonly width: number;
}
