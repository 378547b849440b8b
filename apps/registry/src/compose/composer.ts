import type { BlobStore, ByteRange } from '@moda/blob-store';
import type { CutPlan, Price, Purpose } from '@moda/moda/surgery';
import type { Catalogue, CompositionRecord, VersionRecord } from '../catalogue/catalogue.js';
import type { Trust } from '../keys/trust.js';
import { isProblem, orProblem, type Problem } from '../problem/problem.js';
import type { Parents } from '../parents/parents.js';
import { checkClasses, checkTau } from './choice.js';
import { compare, type ComparedModel, type Comparison } from './compare.js';
import { Cuts } from './cuts.js';
import { Prices } from './prices.js';
import { planReplacement, type ReplacementPlan } from './replacement-plan.js';

export interface ComposerParts {
  readonly catalogue: Catalogue;
  readonly blobs: BlobStore;
  readonly trust: Pick<Trust, 'own'>;
  readonly parents: Parents;
  readonly clock: () => Date;
  /** Told when a cut could not be stored. Its readers get their bytes all the same. */
  readonly onFailure?: (error: unknown) => void;
}

export type PriceOutcome = { readonly kind: 'price'; readonly price: Price } | Problem;

export type PlanOutcome =
  { readonly kind: 'planned'; readonly composition: CompositionRecord; readonly plan: CutPlan } | Problem;

export type StreamOutcome =
  | {
      readonly kind: 'stream';
      /** Of the whole weights file, whatever range is asked for. */
      readonly sizeBytes: number;
      /** Nothing happens before the first piece is asked for. Ending early is leaving, which harms nobody. */
      readonly content: AsyncIterable<Uint8Array>;
    }
  | Problem;

/** Sets of classes: what they would cost, whether they go together, and their bytes. */
export interface Composer {
  /** Of a set of classes, perhaps empty, and of each candidate (every class where left out) beside it. */
  price(
    version: VersionRecord,
    classes: readonly number[],
    tau: number,
    candidates?: readonly number[],
  ): Promise<PriceOutcome>;
  /** Plans a cut and remembers it, so that its bytes can be asked for by its name. Nothing is cut. */
  plan(version: VersionRecord, classes: readonly number[], tau: number): Promise<PlanOutcome>;
  /** The same for who needs only what is remembered. */
  note(version: VersionRecord, classes: readonly number[], tau: number): Promise<CompositionRecord | Problem>;
  /** Cuts, stores and signs, unless that was done. */
  compose(
    version: VersionRecord,
    classes: readonly number[],
    tau: number,
  ): Promise<CompositionRecord | Problem>;
  /** The weights of a noted composition, cut now where they are not stored, and stored on the way. */
  stream(id: string, range?: ByteRange): Promise<StreamOutcome>;
  compatibility(a: ComparedModel, b: ComparedModel, purpose?: Purpose): Promise<Comparison | Problem>;
  replacementPlan(
    weak: VersionRecord,
    strong: VersionRecord,
    className: string,
  ): Promise<ReplacementPlan | Problem>;
  /** Waits for the cuts under way. */
  close(): Promise<void>;
}

export function openComposer(parts: ComposerParts): Composer {
  const { catalogue, parents } = parts;
  const prices = new Prices();
  const cuts = new Cuts(parts);
  return {
    async price(version, classes, tau, candidates) {
      const wrong = checkTau(tau) ?? checkClasses(version, [...classes, ...(candidates ?? [])]);
      if (wrong) return wrong;
      const parent = await parents.load(version);
      if (isProblem(parent)) return parent;
      return orProblem(async () => {
        return { kind: 'price', price: await prices.price(parent, { classes, tau }, candidates) };
      });
    },

    plan: (version, classes, tau) => cuts.plan(version, classes, tau),
    async note(version, classes, tau) {
      const planned = await cuts.plan(version, classes, tau);
      return isProblem(planned) ? planned : planned.composition;
    },
    compose: (version, classes, tau) => cuts.compose(version, classes, tau),
    stream: (id, range) => cuts.stream(id, range),

    async compatibility(a, b, purpose = 'compose') {
      const wrong = checkClasses(a.version, a.classes ?? []) ?? checkClasses(b.version, b.classes ?? []);
      return wrong ?? compare(catalogue, a, b, purpose);
    },

    replacementPlan: (weak, strong, className) => planReplacement(catalogue, weak, strong, className),
    close: () => cuts.close(),
  };
}
