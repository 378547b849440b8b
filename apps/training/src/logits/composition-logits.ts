import { randomUUID } from 'node:crypto';
import { access, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ModaError } from '@moda/contracts';
import { type Derivation, derivationDigest, sampleImagesPath } from '@moda/module-format';
import {
  ContentCache,
  formatReference,
  openKeyring,
  parseReference,
  pullDigest,
  type PullOptions,
  pullPackage,
  RegistryClient,
} from '@moda/module-library';
import { askWorker } from '../execution/ask-worker.js';
import { inTurn } from '../execution/in-turn.js';
import { ownProgram } from '../execution/own-program.js';
import { type Problem, problem } from '../problem/problem.js';
import { type LogitsMessage, logitsMessageSchema } from '../worker/logits-message.js';

/** What native TensorFlow makes of the sample images of a model with the network of some of its classes. */
export interface CompositionLogits {
  /** Of the derivation; of the package where the whole model was asked for. */
  readonly digest: string;
  readonly derivation: Derivation | undefined;
  /** The outputs: their positions in the whole model, and their names. */
  readonly classes: readonly { readonly index: number; readonly name: string }[];
  /** `[image][output]` */
  readonly logits: readonly (readonly number[])[];
  /** Position of the true class in the whole model, `[image]`. */
  readonly labels: readonly number[];
  /** In words. */
  readonly device: string;
  /** Version of the native library; undefined on a fallback. */
  readonly tensorFlow: string | undefined;
}

export interface LogitsRequest {
  /** `owner/model/class,class@version` */
  readonly reference: string;
  /** Threshold of the classes, 0..1; the version's own if left out. */
  readonly tau?: number | undefined;
}

export interface LogitsDesk {
  /**
   * @param authorization of the caller: the registry has to let it read
   * @throws ModaError of the registry and of the downloads
   */
  logitsOf(request: LogitsRequest, authorization: string | undefined): Promise<CompositionLogits | Problem>;
  /** Ends what is under way. */
  close(): void;
}

export interface LogitsDeskOptions {
  /** Address of the registry. */
  readonly registry: string;
  readonly keysFolder: string;
  /** For what is pulled, which does not stay. */
  readonly folder: string;
  /** The program of a worker; that of this package if left out. */
  readonly program?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** For one computation, downloads apart. */
  readonly limitMs?: number;
  /** Whoever waits longer is told to ask again, while the work goes on. */
  readonly answerWithinMs?: number;
}

const defaultLimitMs = 120_000;
/** Gateways give up on a service that says nothing for ten seconds. */
const defaultAnswerWithinMs = 7_000;
const maxWaiting = 20;
/** Each has 64 rows of a number a class: 10 kB for ten classes, and some megabytes at most. */
const maxRemembered = 100;
/** 64 images of twenty thousand classes. */
const maxAnswerLength = 32 * 2 ** 20;

/**
 * Computes the logits of published compositions in a short-lived process, one at a time, from packages that were pulled and verified; the
 * same composition once.
 */
export function openLogitsDesk({
  registry,
  keysFolder,
  folder,
  program = ownProgram,
  environment = process.env,
  limitMs = defaultLimitMs,
  answerWithinMs = defaultAnswerWithinMs,
}: LogitsDeskOptions): LogitsDesk {
  const closing = new AbortController();
  const turns = inTurn<CompositionLogits>({ maxWaiting, maxRemembered, tooMany });

  const compute = async (target: Target, work: string): Promise<CompositionLogits | Problem> => {
    const { client, reference, tau, digest } = target;
    const { trusted } = await openKeyring(keysFolder);
    const shared = {
      client,
      cache: new ContentCache(join(work, 'cache')),
      // The registry has let it in; what it hands out is held against its digests.
      signatures: { trusted, allowUnsigned: true },
      signal: closing.signal,
    } satisfies Partial<PullOptions>;
    const pulled = await pullPackage({ ...shared, reference, tau, folder: join(work, 'model') });
    const { derivation } = pulled;
    if ((derivation === undefined ? pulled.digest : derivationDigest(derivation)) !== digest)
      throw new ModaError(
        'REGISTRY_ANSWER_INVALID',
        `${reference} became something else while it was fetched; ask again.`,
      );
    const parent = derivation === undefined ? pulled.folder : join(work, 'parent');
    if (derivation) await pullDigest({ ...shared, digest: derivation.parent, folder: parent });
    const samples = join(parent, sampleImagesPath);
    if (!(await exists(samples))) return withoutSamples(reference);
    const question = { model: pulled.folder, samples };
    const answer = await askWorker<LogitsMessage>(
      {
        ...{ program, environment, limitMs, maxAnswerLength },
        ...{ word: '--logits', signal: closing.signal, answer: logitsMessageSchema },
      },
      question,
    );
    if (answer === undefined) return closing.signal.aborted ? stopping : uncomputed(limitMs);
    if (answer.kind === 'problem') return problem(answer.code, answer.message);
    const { logits, labels, device, tensorFlow } = answer;
    // A network that was cut numbers its outputs anew.
    const classes = answer.classes.map(({ index, name }, at) => ({
      index: derivation?.classes[at] ?? index,
      name,
    }));
    return { digest, derivation, classes, logits, labels, device, tensorFlow };
  };

  const inFolder = async (target: Target): Promise<CompositionLogits | Problem> => {
    const work = join(folder, randomUUID());
    await mkdir(work, { recursive: true, mode: 0o700 });
    try {
      return await compute(target, work);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  };

  return {
    async logitsOf({ reference, tau }, authorization) {
      const client = new RegistryClient(registry, closing.signal, authorization);
      const target = await targetOf(client, reference, tau);
      const coming = turns.ask(target.digest, () => inFolder(target));
      return within(answerWithinMs, coming);
    },
    close: () => closing.abort(),
  };
}

interface Target {
  readonly client: RegistryClient;
  /** With its version: an alias may move meanwhile. */
  readonly reference: string;
  readonly tau: number | undefined;
  /** Of the derivation, or of the whole package. */
  readonly digest: string;
}

/** Asks the registry each time, also where the logits are known: it says who may read what. */
async function targetOf(client: RegistryClient, asked: string, tau: number | undefined): Promise<Target> {
  const parsed = parseReference(asked);
  const resolved = await client.resolve(formatReference(parsed), tau);
  const { version, digest } = resolved.version;
  const reference = formatReference({ ...parsed, selector: { kind: 'version', version } });
  if (!resolved.classes) return { client, reference, tau: undefined, digest };
  const { derivation } = await client.download({ reference, tau: resolved.tau });
  if (!derivation)
    throw new ModaError('REGISTRY_ANSWER_INVALID', `The registry does not say how ${reference} is cut.`);
  return { client, reference, tau: resolved.tau, digest: derivationDigest(derivation) };
}

async function within(
  limitMs: number,
  coming: Promise<CompositionLogits | Problem>,
): Promise<CompositionLogits | Problem> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Problem>((resolve) => {
    timer = setTimeout(() => resolve(pending), limitMs);
  });
  // A failure that nobody waits for any more is told to whoever asks next.
  coming.catch(() => undefined);
  return Promise.race([coming, late]).finally(() => clearTimeout(timer));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

const pending = problem('LOGITS_PENDING', 'The logits are being computed; ask again in some seconds.');
const stopping = problem('SERVICE_STOPPING', 'The service stops; ask again when it is back.');

function withoutSamples(reference: string): Problem {
  return problem(
    'SAMPLES_MISSING',
    `The model of ${reference} was published without sample images, so there is nothing to compare on; publish a newer run of it.`,
    { details: { reference } },
  );
}

function uncomputed(limitMs: number): Problem {
  return problem(
    'LOGITS_FAILED',
    `The logits were not there within ${Math.round(limitMs / 1000)} s, or memory ran out; ask again, or for fewer classes.`,
  );
}

function tooMany(waiting: number): Problem {
  return problem(
    'LOGITS_FAILED',
    `${waiting} compositions wait for their logits already; ask again when they are done.`,
  );
}
