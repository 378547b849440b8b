import { readFile } from 'node:fs/promises';
import { isModaError, ModaError } from '@moda/contracts';
import type { JournalBody } from '../worker/journal-body.js';
import { type PodEnvironment, readPodEnvironment } from './pod-environment.js';
import { podExitCodes } from './pod-exit-codes.js';
import { runPod } from './run-pod.js';

/** The process of a pod: reads its environment, heeds signals, and ends with the code of `runPod`. Never returns. */
export async function carry(): Promise<never> {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  // Who started this as a part of itself was killed: this is not to outlive it, for another pod may begin now.
  process.on('disconnect', () => process.exit(podExitCodes.cutShort));
  try {
    const environment = readPodEnvironment(process.env);
    const token = await readToken(environment);
    const code = await runPod({
      environment,
      token,
      stop: stop.signal,
      say: sayAs(environment),
      tell,
      variables: process.env,
    });
    process.exit(code);
  } catch (error) {
    const isMisuse = isModaError(error) && error.code === 'ENVIRONMENT_INVALID';
    const sentence = error instanceof Error ? (isMisuse ? error.message : error.stack) : String(error);
    process.stderr.write(`moda worker: ${sentence}\n`);
    process.exit(isMisuse ? podExitCodes.wrongUsage : podExitCodes.broken);
  }
}

async function readToken({ tokenFile }: PodEnvironment): Promise<string> {
  const text = await readFile(tokenFile, 'utf8').catch(() => '');
  if (text.trim() !== '') return text.trim();
  throw new ModaError(
    'ENVIRONMENT_INVALID',
    `There is no token of the run in ${tokenFile}; mount the Secret of its Job, and name the file in MODA_RUN_TOKEN_FILE.`,
  );
}

/** Lines in the form of the services' logs, on standard error. */
function sayAs({ runId }: PodEnvironment) {
  const traceId = process.env['MODA_TRACE_ID'];
  return (level: 'info' | 'warn' | 'error', msg: string): void => {
    const time = new Date().toISOString();
    process.stderr.write(
      `${JSON.stringify({ level, time, service: 'training-pod', traceId, runId, msg })}\n`,
    );
  };
}

/** What `kubectl logs` shows. */
function tell(body: JournalBody): void {
  if (body.kind === 'log') process.stdout.write(`${body.text}\n`);
  else if (body.kind === 'metric' && body.epoch !== undefined) {
    const values = Object.entries(body.values).map(
      ([name, value]) => `${name} ${Number(value.toPrecision(5))}`,
    );
    process.stdout.write(`epoch ${body.epoch}: ${values.join(', ')}\n`);
  } else if (body.kind === 'end')
    process.stdout.write(body.outcome === 'succeeded' ? 'Done.\n' : `Failed: ${body.message}\n`);
}
