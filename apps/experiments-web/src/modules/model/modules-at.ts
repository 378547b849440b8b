import type { FloorHit, LayerAnalysis } from '@moda/moda/surgery';

/** A model that was opened to look at its modules. */
export interface OpenedModel {
  readonly name: string;
  readonly architecture: string;
  readonly dataset: string | undefined;
  readonly method: string | undefined;
  readonly device: string | undefined;
  readonly parameters: number;
  /** Multiply-adds for one image. */
  readonly flops: number;
  /** Units that the last layer reads; undefined where it is not dense. */
  readonly lastInputs: number | undefined;
  readonly classes: readonly ClassOfModel[];
  /** Tracked layers in forward order. */
  readonly layers: readonly { readonly name: string; readonly units: number }[];
}

export interface ClassOfModel {
  readonly index: number;
  readonly name: string;
  /** Of the whole model on the test images of the class, 0..1, where it was measured. */
  readonly accuracy: number | undefined;
  /** Images of the class that the activation rates were counted on. */
  readonly samples: number;
}

/** The modules of a model at one threshold. Shares are of the whole model, 0..1. */
export interface ModulesAt {
  readonly tau: number;
  readonly modules: readonly ModuleFacts[];
  readonly meanShare: number;
  readonly meanFlopsShare: number;
  /** Means over pairs: shared / whole model, the same with running statistics, and shared / either. */
  readonly meanOverlap: number;
  readonly meanStateOverlap: number;
  readonly meanJaccard: number;
  readonly layers: readonly LayerAnalysis[];
  readonly floorHits: readonly FloorHit[];
  readonly overlap: Matrix;
  readonly jaccard: Matrix;
}

export type Matrix = readonly (readonly number[])[];

export interface ModuleFacts {
  readonly class: number;
  readonly parameters: number;
  readonly share: number;
  readonly flops: number;
  readonly flopsShare: number;
  /** Mean over the other modules of what both have, as a share of the whole model. */
  readonly overlap: number;
  /** Layers in which the class took its most frequent units, because too few reached the threshold. */
  readonly floorHits: number;
}

/** What of `ModulesAt` a chart over all thresholds needs. */
export interface SizeAt {
  readonly tau: number;
  readonly meanShare: number;
  readonly meanFlopsShare: number;
  readonly meanOverlap: number;
  readonly floorHits: number;
}

/** What the modules have in common in one tracked layer. */
export interface LayerPairs {
  readonly tau: number;
  readonly layer: string;
  readonly units: number;
  /** Units that both keep / units of the layer, `[class][class]`; on the diagonal the units that one keeps. */
  readonly overlap: Matrix;
  /** Units that both keep / units that either keeps. */
  readonly jaccard: Matrix;
}

/** How often each unit is active for one class, and which of them its module keeps. */
export interface ClassMap {
  readonly tau: number;
  readonly class: number;
  readonly layers: readonly {
    readonly name: string;
    /** 0..1 by unit. */
    readonly rates: readonly number[];
    /** By unit. */
    readonly kept: readonly boolean[];
    /** How many classes keep it, by unit. */
    readonly keptBy: readonly number[];
  }[];
}

/** One unit, seen from every class. */
export interface UnitUse {
  readonly layer: string;
  readonly unit: number;
  /** By class. */
  readonly classes: readonly { readonly class: number; readonly rate: number; readonly kept: boolean }[];
}
