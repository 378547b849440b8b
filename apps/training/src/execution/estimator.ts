import { createHash } from 'node:crypto';
import type { TrainSpec } from '@moda/contracts';
import { type Problem, problem } from '../problem/problem.js';
import { type EstimateMessage, estimateMessageSchema } from '../worker/estimate-message.js';
import { askWorker } from './ask-worker.js';
import { inTurn } from './in-turn.js';
import { ownProgram } from './own-program.js';

/** What a run will take, from the first steps of the same network. */
export interface RunEstimate {
  readonly seconds: number;
  readonly steps: number;
  /** Of memory, at the most. */
  readonly peakBytes: number;
  /** In words. */
  readonly device: string;
}

export interface EstimatorOptions {
  /** The program of a worker; that of this package if left out. */
  readonly program?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** For one measurement. */
  readonly limitMs?: number;
  /** Measurements that wait for their turn, at most. */
  readonly maxWaiting?: number;
}

/** Says what runs will take. */
export interface Estimator {
  estimate(spec: TrainSpec): Promise<RunEstimate | Problem>;
  /** Ends what is under way. */
  close(): void;
}

const defaultLimitMs = 120_000;
/** Whoever comes behind so many would wait for many minutes. */
const defaultMaxWaiting = 20;
/** The same question again within a sweep of that many is answered from memory. */
const maxRemembered = 500;
/** An answer is a line. */
const maxAnswerLength = 1_000_000;

/**
 * Measures in a short-lived process of its own, one at a time, so that measurements do not slow each other down and the service never loads
 * TensorFlow. The same spec is measured once.
 */
export function openEstimator({
  program = ownProgram,
  environment = process.env,
  limitMs = defaultLimitMs,
  maxWaiting = defaultMaxWaiting,
}: EstimatorOptions = {}): Estimator {
  const closing = new AbortController();
  const turns = inTurn<RunEstimate>({ maxWaiting, maxRemembered, tooMany });
  const asked = {
    ...{ program, environment, limitMs, maxAnswerLength },
    ...{ word: '--estimate', signal: closing.signal, answer: estimateMessageSchema },
  };
  const measure = async (spec: TrainSpec): Promise<RunEstimate | Problem> => {
    const answer = await askWorker<EstimateMessage>(asked, spec);
    if (answer) return outcomeOf(answer);
    return closing.signal.aborted ? stopping : unmeasured(limitMs);
  };
  return {
    estimate: (spec) => turns.ask(digestOf(spec), () => measure(spec)),
    close: () => closing.abort(),
  };
}

function digestOf(spec: TrainSpec): string {
  return createHash('sha256').update(JSON.stringify(spec)).digest('hex');
}

function outcomeOf(answer: EstimateMessage): RunEstimate | Problem {
  if (answer.kind === 'problem')
    return problem(answer.code, answer.message, answer.details && { details: answer.details });
  const { kind: _kind, ...estimate } = answer;
  return estimate;
}

const stopping = problem('SERVICE_STOPPING', 'The service stops; ask again when it is back.');

function unmeasured(limitMs: number): Problem {
  return problem(
    'ESTIMATE_FAILED',
    `The first steps of this network did not end within ${Math.round(limitMs / 1000)} s, or memory ran out; try a smaller batch, or submit the run as it is.`,
  );
}

function tooMany(waiting: number): Problem {
  return problem(
    'ESTIMATE_FAILED',
    `${waiting} estimates wait for their turn already; ask again when they are done.`,
  );
}
