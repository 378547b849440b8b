/**
 * How often each unit of each tracked layer was active, by class, over a training set in inference mode: the one thing that
 * has to be measured to cut a network into modules at any threshold.
 *
 * Units are numbered as in the layer's `ChannelSet`: where a layer lacks a unit, its count is 0.
 */
export interface ActivationRates {
  /** Samples seen of each class, `[class]`. */
  readonly samples: Uint32Array;
  /** Tracked layers in forward order. */
  readonly layers: readonly LayerCounts[];
}

export interface LayerCounts {
  /** Name of the ReLU. */
  readonly name: string;
  readonly units: number;
  /** Samples of class c for which unit u was active, at `c * units + u`. */
  readonly counts: Uint32Array;
}
