import type { ByteRange } from '@moda/blob-store';
import { type CutPlan, cutWeights, planCut } from '@moda/moda/surgery';
import { LRUCache } from 'lru-cache';
import type { CompositionRecord, VersionRecord } from '../catalogue/catalogue.js';
import { fileOf } from '../parents/read-model.js';
import { isProblem, orProblem, type Problem, problem } from '../problem/problem.js';
import { takeTurns } from '../turns/turns.js';
import { checkChoice } from './choice.js';
import type { ComposerParts, StreamOutcome } from './composer.js';
import { CutJob, type CutOutcome } from './cut-job.js';
import { readCut } from './read-cut.js';
import { storeCut } from './store-cut.js';

/** A cut that can begin. */
interface ReadyCut extends CutPlan {
  /** Digest of the parent's weights file. */
  readonly parentWeights: string;
}

/** Each holds up to 9 MiB beside its plan. */
const cutsAtOnce = 4;

/** A plan has the header and the manifest of what it cuts, some hundred kilobytes. */
const maxPlans = 64;

/** Plans, cuts and stores sets of classes, each once at a time. */
export class Cuts {
  readonly #plans = new LRUCache<string, ReadyCut>({ max: maxPlans });
  readonly #jobs = new Map<string, CutJob>();
  readonly #inTurn = takeTurns(cutsAtOnce);

  constructor(private readonly parts: ComposerParts) {}

  async plan(
    version: VersionRecord,
    classes: readonly number[],
    tau: number,
  ): Promise<{ readonly kind: 'planned'; composition: CompositionRecord; plan: ReadyCut } | Problem> {
    const choice = checkChoice(version, classes, tau);
    if (isProblem(choice)) return choice;
    const plan = await this.#plan(choice.id, version, choice.derivation);
    if (isProblem(plan)) return plan;
    const { catalogue, clock } = this.parts;
    const noted = await catalogue.composition(choice.id);
    const composition =
      noted ??
      (await catalogue.noteComposition(
        {
          id: choice.id,
          versionId: version.id,
          parentDigest: choice.derivation.parent,
          ratesDigest: choice.derivation.rates,
          classes: choice.derivation.classes,
          tau,
          parameters: plan.parameters,
          flops: plan.flops,
          weightsBytes: plan.weightsBytes,
        },
        clock(),
      ));
    return { kind: 'planned', composition, plan };
  }

  async compose(
    version: VersionRecord,
    classes: readonly number[],
    tau: number,
  ): Promise<CompositionRecord | Problem> {
    const planned = await this.plan(version, classes, tau);
    if (isProblem(planned)) return planned;
    const { composition, plan } = planned;
    if ((await this.#storedWeights(composition)) !== undefined) return composition;
    return orProblem(async () => {
      const outcome = await this.#job(plan).settled;
      if (outcome.kind === 'failed') throw outcome.error;
      return outcome.composition;
    });
  }

  async stream(id: string, range: ByteRange = {}): Promise<StreamOutcome> {
    const { catalogue, blobs } = this.parts;
    const composition = await catalogue.composition(id);
    if (!composition)
      return problem(
        'COMPOSITION_UNKNOWN',
        'No set of classes of this digest was asked for before; ask the registry for a download of it.',
      );
    const sizeBytes = composition.weightsBytes;
    const { start = 0, end = sizeBytes } = range;
    if (![start, end].every(Number.isSafeInteger) || start < 0 || start > end || start > sizeBytes)
      return problem(
        'BLOB_RANGE_INVALID',
        `There is no range from byte ${start} to ${end} of weights of ${sizeBytes} bytes; ask for one within them.`,
        { details: { start, end, sizeBytes } },
      );
    const wanted = { start, end: Math.min(end, sizeBytes) };
    const stored = await this.#storedWeights(composition);
    if (stored !== undefined) return { kind: 'stream', sizeBytes, content: blobs.get(stored, wanted) };
    const plan = await this.#planOf(composition);
    if (isProblem(plan)) return plan;
    return {
      kind: 'stream',
      sizeBytes,
      content: readCut(
        { ...wanted, sizeBytes },
        () => this.#job(plan),
        (outcome, rest) => this.#rest(plan, outcome, rest),
      ),
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#jobs.values()].map(({ settled }) => settled));
  }

  /** What a reader has not got from a running cut. */
  #rest(plan: ReadyCut, outcome: CutOutcome, rest: Required<ByteRange>): AsyncIterable<Uint8Array> {
    const stored = outcome.kind === 'stored' ? weightsOf(outcome.composition) : undefined;
    return stored === undefined ? this.#cut(plan, rest) : this.parts.blobs.get(stored, rest);
  }

  #cut(plan: ReadyCut, range?: ByteRange): AsyncIterable<Uint8Array> {
    return cutWeights(plan, (start, end) => this.parts.blobs.get(plan.parentWeights, { start, end }), range);
  }

  /** The cut under way, begun where there is none. */
  #job(plan: ReadyCut): CutJob {
    const id = plan.derivationDigest;
    const running = this.#jobs.get(id);
    if (running) return running;
    const job = new CutJob(this.#cut(plan), (first) =>
      this.#inTurn(() => storeCut(this.parts, plan, { first, again: () => this.#cut(plan) })),
    );
    this.#jobs.set(id, job);
    void job.settled.then((outcome) => {
      this.#jobs.delete(id);
      if (outcome.kind === 'failed') this.parts.onFailure?.(outcome.error);
    });
    return job;
  }

  /** Digest of the weights where they were cut and are still there. */
  async #storedWeights(composition: CompositionRecord): Promise<string | undefined> {
    const digest = weightsOf(composition);
    return digest !== undefined && (await this.parts.blobs.has(digest)) ? digest : undefined;
  }

  async #planOf({ id, versionId, classes, tau }: CompositionRecord): Promise<ReadyCut | Problem> {
    const known = this.#plans.get(id);
    if (known) return known;
    const version = await this.parts.catalogue.versionById(versionId);
    if (!version) throw new Error(`composition ${id} is of no version`);
    return this.#plan(id, version, { classes, tau });
  }

  async #plan(
    id: string,
    version: VersionRecord,
    choice: { readonly classes: readonly number[]; readonly tau: number },
  ): Promise<ReadyCut | Problem> {
    const known = this.#plans.get(id);
    if (known) return known;
    const parent = await this.parts.parents.load(version);
    if (isProblem(parent)) return parent;
    return orProblem(() => {
      const plan = { ...planCut(parent, choice), parentWeights: parent.weightsFile.digest };
      this.#plans.set(id, plan);
      return plan;
    });
  }
}

function weightsOf({ package: packageManifest }: CompositionRecord): string | undefined {
  return packageManifest && fileOf(packageManifest, 'weights.safetensors')?.digest;
}
