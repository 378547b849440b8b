import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { processStart } from '@moda/service-kit';
import { z } from 'zod';
import { recordOfProcesses } from '../services/started-processes.js';

const recordSchema = z.array(z.object({ pid: z.int().positive(), start: z.string() }));

export interface LeftoverOptions {
  readonly stateFolder: string;
  readonly say: (sentence: string) => void;
  readonly signal: AbortSignal;
  /** They have noticed that nobody is there for them, and end by themselves (ms); 45 s if left out. */
  readonly patienceMs?: number;
}

const defaultPatienceMs = 45_000;
const lookEveryMs = 100;

/** Waits for what a killed platform has left running: it is about to end and holds ports and databases until then. */
export async function awaitLeftovers(options: LeftoverOptions): Promise<void> {
  const { stateFolder, say, signal, patienceMs = defaultPatienceMs } = options;
  const deadline = performance.now() + patienceMs;
  for (let told = false; ;) {
    const left = await leftovers(stateFolder);
    if (left.length === 0) return;
    if (!told) say('Waiting for the services of an earlier start to end …');
    told = true;
    if (performance.now() >= deadline) for (const pid of left) kill(pid);
    await sleep(lookEveryMs, undefined, { signal });
  }
}

async function leftovers(stateFolder: string): Promise<number[]> {
  const text = await readFile(recordOfProcesses(stateFolder), 'utf8').catch(() => '[]');
  const marks = recordSchema.safeParse(parsed(text)).data ?? [];
  const found: number[] = [];
  for (const { pid, start } of marks) {
    // Where the system does not tell when a process began, it could be anybody's by now.
    if (start !== 'unknown' && (await processStart(pid)) === start) found.push(pid);
  }
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone by itself.
  }
}
