import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { join } from 'node:path';

const apps = join(import.meta.dirname, '..', '..', '..');

/** Of the training service: it knows what a pod does. */
export const podProgram = join(apps, 'training', 'bin', 'moda-training-worker.mjs');

/**
 * Runs a pod's own program until it ends. It gets the signal to stop, then ends in its own time; and it does not outlive this process.
 *
 * @param signal aborted where the pod is to stop
 * @returns its exit code, as a shell reports it
 */
export async function startPod(signal: AbortSignal, program = podProgram): Promise<number> {
  // The channel is for its other end alone, which sees it close when this process is killed.
  const pod = spawn(process.execPath, [program, '--pod'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(pod, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const stop = (): void => void pod.kill('SIGTERM');
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const [code, by] = await exited;
  signal.removeEventListener('abort', stop);
  return code ?? signalBase + (by === null ? 0 : constants.signals[by]);
}

const signalBase = 128;
