import type { RunContext } from '@moda/experiments';
import { estimate } from './estimate.js';
import { logits } from './logits.js';
import { runWorker } from './run-worker.js';
import { workerExitCodes, type WorkerMessage } from './worker-message.js';

const beatEveryMs = 2000;
/** News of the journal are pokes: whoever hears one reads all that is there. */
const pokeEveryMs = 100;
/** Whoever is still there so long after the service is gone does not get its checkpoint written. */
const orphanGraceMs = 60_000;

/**
 * The process of one run: `moda-training-worker <folder of the run>`, of one question (`--estimate`, `--logits`), or of a pod (`--pod`).
 * Never returns.
 */
export async function work(openBackend: RunContext['backend']): Promise<never> {
  const folder = process.argv[2];
  if (folder === '--estimate') return estimate(openBackend);
  if (folder === '--logits') return logits(openBackend);
  // The parent of such a process, on a machine of its own.
  if (folder === '--pod') return (await import('../courier/carry.js')).carry();
  if (folder === undefined) {
    process.stderr.write(
      'moda-training-worker: Name the folder of a run: `moda-training-worker <folder>`.\n',
    );
    process.exit(2);
  }
  process.stderr.write(`${JSON.stringify(beginning())}\n`);
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  const tell = tellParent(() => {
    stop.abort();
    setTimeout(() => process.exit(workerExitCodes.stopped), orphanGraceMs).unref();
  });
  const beat = setInterval(() => tell({ kind: 'beat' }), beatEveryMs);
  const code = await runWorker({
    folder,
    attempt: Number(process.env['MODA_RUN_ATTEMPT'] ?? '1'),
    openBackend,
    signal: stop.signal,
    tell,
    complain: (text) => process.stderr.write(`moda-training-worker: ${text}\n`),
  });
  clearInterval(beat);
  // TensorFlow's own threads may keep the process alive.
  process.exit(code);
}

/** The first line of its log, in the form of the services' logs: it leads from a trace to the run, and from a run to its trace. */
function beginning(): object {
  const { MODA_RUN_ID: runId, MODA_RUN_ATTEMPT: attempt, MODA_TRACE_ID: traceId } = process.env;
  const time = new Date().toISOString();
  return {
    level: 'info',
    time,
    service: 'training-worker',
    traceId,
    runId,
    attempt,
    msg: 'The worker begins.',
  };
}

/** Where nobody listens (a worker started by hand or by a cluster) messages go nowhere, and nobody's death ends it. */
function tellParent(onOrphaned: () => void): (message: WorkerMessage) => void {
  if (process.send === undefined) return () => undefined;
  if (!process.connected) onOrphaned();
  process.on('disconnect', onOrphaned);
  // Without a listener Node does not watch the channel, and would not notice that the other end is gone.
  process.on('message', () => undefined);
  let lastPoke = -Infinity;
  return (message) => {
    if (message.kind === 'journal') {
      const now = performance.now();
      if (now - lastPoke < pokeEveryMs) return;
      lastPoke = now;
    }
    if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
  };
}
