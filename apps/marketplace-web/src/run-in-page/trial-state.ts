import type { BackendPreference, Latency } from '@moda/page-runtime';
import type { CompositionFacts, ComposeProgress } from '../compose/compose-in-page';
import type { SampleImages } from '@moda/module-format';
import type { SignedOffer } from '../signature/check-signature';
import type { RegistryDigest } from '../compose/registry-digest';
import type { RuntimeFacts } from '../compose/workbench/workbench';
import type { Failure } from './failure';
import type { ServerLogits } from './server-logits';

/** A part that comes by itself and may fail by itself. */
export type Part<Value> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'there'; readonly value: Value }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** An image that was given to the composition. */
export interface ShownImage {
  /** What it is, in words: "Sample 12", "Your drawing". */
  readonly title: string;
  /** 0..255 as the model takes it, before normalisation. */
  readonly values: ArrayLike<number>;
  /** Output position of the right class in the parent, where it is known. */
  readonly label: number | undefined;
}

/** What the composition says of the image that is shown. */
export interface Answer {
  readonly image: ShownImage;
  /** One for each class of the composition. */
  readonly logits: Float32Array;
  /** From the values to the logits, worker included (ms). */
  readonly tookMs: number;
}

/** Everything that the page shows. */
export interface TrialState {
  readonly progress: ComposeProgress;
  /** The package of the parent, as it came. */
  readonly offer: Part<SignedOffer>;
  readonly composition: Part<CompositionFacts>;
  readonly registry: Part<RegistryDigest>;
  /** Undefined where the parent was published without samples. */
  readonly samples: Part<SampleImages | undefined>;
  readonly prefer: BackendPreference;
  readonly runtime: Part<RuntimeFacts>;
  readonly latency: Part<Latency>;
  /** Logits `[count, classes]` of the samples, computed here. */
  readonly sampleLogits: Part<Float32Array>;
  readonly server: Part<ServerLogits>;
  /** Undefined until an image was given. */
  readonly answer: Part<Answer> | undefined;
}

export const waiting = { kind: 'waiting' } as const;

export const firstState: TrialState = {
  progress: { stage: 'describing' },
  offer: waiting,
  composition: waiting,
  registry: waiting,
  samples: waiting,
  prefer: 'auto',
  runtime: waiting,
  latency: waiting,
  sampleLogits: waiting,
  server: waiting,
  answer: undefined,
};

/** The value of a part that is there. */
export function valueOf<Value>(part: Part<Value> | undefined): Value | undefined {
  return part?.kind === 'there' ? part.value : undefined;
}
