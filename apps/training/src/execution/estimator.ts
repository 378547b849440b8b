import { createHash } from 'node:crypto';
import type { TrainSpec } from '@moda/contracts';
import { type Problem, problem } from '../problem/problem.js';
import type { EstimateMessage } from '../worker/estimate-message.js';
import { askWorker } from './ask-worker.js';
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
  const known = new Map<string, Promise<RunEstimate | Problem>>();
  const closing = new AbortController();
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  const measure = async (spec: TrainSpec): Promise<RunEstimate | Problem> => {
    const answer = await askWorker({ program, environment, limitMs, signal: closing.signal }, spec);
    if (answer) return outcomeOf(answer);
    return closing.signal.aborted ? stopping : unmeasured(limitMs);
  };
  const inTurn = (spec: TrainSpec): Promise<RunEstimate | Problem> => {
    waiting += 1;
    const outcome = last.then(() => measure(spec)).finally(() => (waiting -= 1));
    last = outcome.catch(() => undefined);
    return outcome;
  };
  return {
    estimate(spec) {
      const key = digestOf(spec);
      const earlier = known.get(key);
      if (earlier) return earlier;
      if (waiting >= maxWaiting) return Promise.resolve(tooMany(waiting));
      const outcome = inTurn(spec);
      known.set(key, outcome);
      const oldest = known.size > maxRemembered ? known.keys().next().value : undefined;
      if (oldest !== undefined) known.delete(oldest);
      // What was wrong may be mended by the next time.
      const forget = (): boolean => known.delete(key);
      outcome.then((value) => 'kind' in value && forget(), forget);
      return outcome;
    },
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
