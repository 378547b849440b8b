/** What has to be known of a model, module or composition to tell whether it can be combined with another. */
export interface ModelFacts {
  /** Of its package. */
  readonly digest: string;
  /** Of the package it was cut from; absent for a whole model. */
  readonly parentDigest?: string | undefined;
  /** Height and width in pixels. */
  readonly input: { readonly height: number; readonly width: number; readonly channels: number };
  /** In the order of the outputs. */
  readonly classes: readonly { readonly name: string; readonly sourceLabel: number }[];
  /** What it was trained on, where it is known. */
  readonly dataset?:
    | {
        readonly name: string;
        /** `(pixel / 255 - mean) / std`, per channel. */
        readonly normalisation: { readonly mean: readonly number[]; readonly std: readonly number[] };
      }
    | undefined;
  /** Name of the architecture. */
  readonly architecture: string;
  /** Whether its activation rates are published with it; nobody asks it of what was cut already. */
  readonly hasRates: boolean;
}
