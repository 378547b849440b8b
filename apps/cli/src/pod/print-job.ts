import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type ErrorCode, ModaError, type TrainSpec } from '@moda/contracts';

/** Of the training service: it knows how a training becomes a Job. */
export const jobProgram = join(
  import.meta.dirname,
  ...['..', '..', '..', 'training', 'bin', 'moda-training-job.mjs'],
);

export interface JobOrder {
  readonly name: string;
  readonly claim: string;
  readonly priority: number;
  readonly spec: TrainSpec;
}

type Answer =
  | { readonly kind: 'printed'; readonly yaml: string }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly message: string };

/**
 * A training as a Job, as `kubectl apply -f -` reads it.
 *
 * @throws ModaError USAGE, SPEC_INVALID, ENVIRONMENT_INVALID
 */
export async function printJob(order: JobOrder, program = jobProgram): Promise<string> {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  // It may end before it has read all; its exit code says so.
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify(order));
  const [output, [code]] = await Promise.all([
    text(child.stdout),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}.`);
  const answer = JSON.parse(output) as Answer;
  if (answer.kind === 'refused') throw new ModaError(answer.code, answer.message);
  return answer.yaml;
}
