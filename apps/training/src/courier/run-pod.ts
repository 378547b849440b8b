import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isModaError, type ModaError } from '@moda/contracts';
import { ownProgram } from '../execution/own-program.js';
import type { BeginAnswer } from '../pod-desk/pod-messages.js';
import type { JournalBody } from '../worker/journal-body.js';
import { runFiles } from '../worker/run-files.js';
import { Attempt } from './attempt.js';
import { DeskClient, DeskRefusal } from './desk-client.js';
import { Ending } from './ending.js';
import { fetchDataset } from './fetch-dataset.js';
import { forGood } from './for-good.js';
import { Link } from './link.js';
import type { PodEnvironment } from './pod-environment.js';
import { podExitCodes } from './pod-exit-codes.js';
import { defaultBeatEveryMs } from './pulse.js';
import { restoreRun } from './restore-run.js';

export interface PodOptions {
  readonly environment: PodEnvironment;
  /** Of the run. */
  readonly token: string;
  /** Aborted where the pod is to end with a checkpoint. */
  readonly stop: AbortSignal;
  /** For people: what becomes of the pod. */
  readonly say: (level: 'info' | 'warn' | 'error', text: string) => void;
  /** For people: what the worker says and measures, once it is stored. */
  readonly tell: (body: JournalBody) => void;
  /** For the worker. */
  readonly variables: NodeJS.ProcessEnv;
  /** The program of a worker; that of this package if left out. */
  readonly program?: string;
  /** Between two signs of life; 4000 if left out. */
  readonly beatEveryMs?: number;
}

/**
 * Works on a run in a pod, from what earlier pods have shipped on: starts the worker, and ships what it writes. The service may be away for
 * as long as it likes: the worker works on, and all is shipped when it is there again.
 *
 * @returns the exit code of the pod
 */
export async function runPod(options: PodOptions): Promise<number> {
  const { environment, say, stop, token } = options;
  const { graceMs, runId, serviceUrl } = environment;
  const desk = new DeskClient({ serviceUrl, runId, token });
  const ending = new Ending({ signal: stop, graceMs });
  try {
    const begun = await begin(desk, options);
    return typeof begun === 'number' ? begun : await workOn(begun, desk, ending, options);
  } catch (error) {
    if (ending.code !== undefined) return ending.code;
    // Nothing was begun that could be lost.
    if (ending.stopping.aborted && error === ending.stopping.reason) return podExitCodes.stopped;
    if (!(error instanceof DeskRefusal)) throw error;
    say('error', `The training service refuses what the pod sends: ${error.message}`);
    return podExitCodes.failed;
  } finally {
    ending.close();
  }
}

/** What the run is, or the exit code where there is nothing to do. */
async function begin(
  desk: DeskClient,
  { environment: { pod }, say, stop }: PodOptions,
): Promise<BeginAnswer | number> {
  const onAway = (why: string) =>
    say('warn', `The training service does not answer (${why}); it is asked until it does.`);
  try {
    return await forGood(() => desk.begin(pod, stop), { signal: stop, onAway });
  } catch (error) {
    if (stop.aborted) return podExitCodes.stopped;
    if (!(error instanceof DeskRefusal)) throw error;
    const isOver = error.code === 'POD_REFUSED';
    say(isOver ? 'info' : 'error', `There is nothing to do for this pod: ${error.message}`);
    return isOver ? podExitCodes.done : podExitCodes.failed;
  }
}

/** Beside the folders of runs; no run is called so. */
const datasets = '.datasets';

async function workOn(
  begun: BeginAnswer,
  desk: DeskClient,
  ending: Ending,
  { beatEveryMs = defaultBeatEveryMs, environment, program = ownProgram, say, tell, variables }: PodOptions,
): Promise<number> {
  const { checkpointEveryMs, dataFolder, dataStore, graceMs, runId, runsFolder } = environment;
  say('info', `The pod works on the run, as attempt ${begun.attempt}.`);
  const files = runFiles(join(runsFolder, runId));
  const link = new Link({ desk, begun, ending, say });
  const timings = { graceMs, checkpointEveryMs, beatEveryMs };
  const attempt = new Attempt({ link, begun, ending, files, ...timings, say, tell });
  try {
    try {
      // The worker has written nothing yet: whoever is to stop now has lost nothing.
      const signal = ending.stopping;
      const persist = <T>(step: () => Promise<T>): Promise<T> => link.persist(step, signal);
      const into = join(runsFolder, datasets);
      const fetchData =
        dataStore && ((dataset: string) => fetchDataset({ store: dataStore, dataset, into, signal, say }));
      await restoreRun({ begun, files, dataFolder, fetchData, desk, persist, signal });
    } catch (error) {
      if (!isModaError(error)) throw error;
      await writeEnd(files.journal, error);
      return await attempt.shipEnd();
    }
    return await attempt.work(program, {
      ...variables,
      MODA_RUN_ID: runId,
      MODA_RUN_ATTEMPT: String(begun.attempt),
      MODA_TRACE_ID: begun.traceId,
    });
  } finally {
    attempt.close();
  }
}

/** In the place of a worker that could not begin. */
async function writeEnd(journal: string, { code, message }: ModaError): Promise<void> {
  const end: JournalBody = { kind: 'end', outcome: 'failed', code, message };
  await appendFile(journal, `${JSON.stringify(end)}\n`);
}
