import type { Formula, ImageRecipe } from './formula-tensor.js';

export const fixtureNames = ['lenet5', 'resnet18', 'mobilenet', 'vgg16', 'vgg16-64'] as const;
export type FixtureName = (typeof fixtureNames)[number];

/** A tensor of the state, in the PyTorch layout. Conv weights are OIHW, dense weights [out, in]. */
export interface FormulaTensorSpec extends Formula {
  readonly name: string;
  readonly shape: readonly number[];
  readonly kind: 'weight' | 'bias' | 'bnWeight' | 'bnBias' | 'runningMean' | 'runningVar';
}

/** A measured tensor: whole up to 1024 elements, otherwise its sketch. */
export interface TensorDigest {
  readonly name: string;
  readonly shape: readonly number[];
  readonly norm: number;
  readonly values?: readonly number[];
  readonly sketch?: readonly number[];
  /** Zero in exact arithmetic (a bias in front of a batch norm): compare its norm with that of the whole gradient. */
  readonly vanishes?: true;
  /** Norm-wise distance of PyTorch's own float32 from this float64 value. */
  readonly float32?: number;
  /** Only after training: norm of the change since the first step. */
  readonly moved?: number;
}

/** `images` is the name to give to `formulaImages`. */
export interface Batch {
  readonly images: string;
  readonly labels: readonly number[];
}

export interface LossTerms {
  /** 1 - mean over layers, 0 for a batch without a same-class pair. */
  readonly affinity: number;
  /** 0 for a batch of one class. */
  readonly dispersion: number;
  readonly compactness: number;
}

export interface Losses extends LossTerms {
  readonly crossEntropy: number;
  readonly total: number;
}

export interface LossCase extends Batch, Losses {
  readonly purpose: 'mixed' | 'distinct' | 'single';
  /** Tracked layers in forward order. */
  readonly layers: readonly LossTerms[];
  /** Train-mode logits [batch, class]. */
  readonly logits: readonly (readonly number[])[];
  /** Norm of the gradient over all parameters together. */
  readonly gradientNorm: number;
}

export interface ComposedCase {
  readonly classes: readonly number[];
  /** The network answers the first `count` images of this name. */
  readonly images: string;
  readonly count: number;
  /** Trainable parameters. */
  readonly parameters: number;
  readonly multiplyAdds: number;
  readonly logits: readonly (readonly number[])[];
  readonly float32: number;
}

export interface Tolerance {
  readonly relative?: number;
  readonly absolute?: number;
  readonly why: string;
}

export interface Fixture {
  readonly name: FixtureName;
  readonly certificate: {
    readonly tool: string;
    readonly command: string;
    readonly date: string;
    readonly torch: string;
    readonly tolerances: Readonly<
      Record<'logits' | 'losses' | 'gradients' | 'state' | 'masks' | 'vanishing', Tolerance>
    >;
  };
  readonly architecture: 'vgg16' | 'resnet18' | 'mobilenet' | 'lenet5';
  readonly classes: number;
  readonly height: number;
  readonly width: number;
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  /** Trainable parameters of the whole network. */
  readonly parameters: number;
  /** Of the convolutions and dense layers, for one image. */
  readonly multiplyAdds: number;
  readonly imageRecipe: ImageRecipe;
  readonly checks: {
    readonly tensors: readonly { readonly name: string; readonly first: readonly number[] }[];
    readonly sketch: { readonly of: string; readonly values: readonly number[] };
    readonly images: { readonly first: readonly number[]; readonly last: readonly number[] };
  };
  /** The state before training, in state_dict order. */
  readonly tensors: readonly FormulaTensorSpec[];
  readonly inference: Batch & { readonly logits: readonly (readonly number[])[]; readonly float32: number };
  readonly losses: readonly LossCase[];
  /** Of the total loss of the `mixed` batch. */
  readonly gradients: { readonly images: string; readonly tensors: readonly TensorDigest[] };
  readonly training: {
    readonly learningRate: number;
    readonly momentum: number;
    readonly nesterov: true;
    /** The losses are those before the step. */
    readonly steps: readonly (Batch & Losses)[];
    /** Parameters and running statistics after the last step. */
    readonly state: readonly TensorDigest[];
  };
  readonly activation: Batch & {
    /** Samples of each class. */
    readonly samples: readonly number[];
    /** Units of each tracked layer. */
    readonly units: readonly number[];
    /** [class][layer]: one digit per unit, the samples that activate it. */
    readonly counts: readonly (readonly string[])[];
    /** [layer, unit] whose pre-activation came within 1e-4 of zero: another rounding may count it otherwise. */
    readonly borderline: readonly (readonly [layer: number, unit: number])[];
  };
  readonly masks: readonly {
    readonly tau: number;
    /** [class][layer] as hexadecimal; see `unitsOfHex`. */
    readonly kept: readonly (readonly string[])[];
    /** `tied`: the order of equally frequent units (lowest index first) decided. */
    readonly floor: readonly {
      readonly class: number;
      readonly layer: number;
      readonly took: number;
      readonly tied: boolean;
    }[];
  }[];
  readonly modules: {
    readonly tau: number;
    /** Trainable parameters of the module of each class. */
    readonly parameters: readonly number[];
    readonly meanSize: number;
    readonly overlap: {
      /** Elements that both modules of a pair hold, pairs in the order (0,1), (0,2), … (8,9). */
      readonly parameters: readonly number[];
      /** The same with running means and variances, as the method's authors count. */
      readonly state: readonly number[];
      readonly meanOfParameters: number;
      readonly meanOfState: number;
    };
  };
  readonly composed: readonly (ComposedCase & { readonly tau: number })[];
  /** ResNet18 and MobileNet: masks that differ on both sides of every addition and depthwise layer; see `artificialMask`. */
  readonly artificial?: {
    readonly keep: number;
    readonly cases: readonly (ComposedCase &
      (
        | { readonly masks: 'formula' }
        /** Class 3's masks, but layer `even` keeps its even units and layer `odd` its odd ones. */
        | { readonly masks: 'disjoint'; readonly even: number; readonly odd: number }
      ))[];
  };
}
