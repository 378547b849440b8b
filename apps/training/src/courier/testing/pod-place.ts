import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createLogger, listen } from '@moda/service-kit';
import type { RunTask, TrainSpec } from '@moda/contracts';
import express from 'express';
import type { RunArchive } from '../../archive/run-archive.js';
import { openMemoryArchive } from '../../archive/testing/memory-archive.js';
import { openPodTokens, type PodTokens } from '../../pod-desk/pod-tokens.js';
import { addPodRoutes } from '../../pod-desk/pod-routes.js';
import { StoreEars } from '../../pod-desk/testing/store-ears.js';
import type { RunStore } from '../../runs/run-store.js';
import { holdersOf } from '../../worker/run-lock.js';

// Pods run what was built.
const program = join(import.meta.dirname, '..', '..', '..', 'bin', 'moda-training-worker.mjs');
export const commandLine = join(import.meta.dirname, '..', '..', '..', '..', 'cli', 'bin', 'moda.mjs');

export interface Pod {
  readonly process: ChildProcess;
  /** Of this pod alone, and empty when it begins. */
  readonly folder: string;
  readonly exit: Promise<number | NodeJS.Signals>;
  /** What it has said on standard output and error. */
  readonly said: () => string;
}

/** A service with a desk, and pods that speak with it as those of a cluster do. */
export class PodPlace {
  readonly ears: StoreEars;
  private server: Server | undefined;
  private port = 0;
  private readonly pods: Pod[] = [];

  private constructor(
    private readonly folder: string,
    readonly store: RunStore,
    readonly archive: RunArchive,
    private readonly tokens: PodTokens,
  ) {
    this.ears = new StoreEars(store);
  }

  static async open(folder: string): Promise<PodPlace> {
    await mkdir(folder, { recursive: true });
    const tokens = await openPodTokens(join(folder, 'pod-secret'));
    const { archive, store } = await openMemoryArchive();
    const place = new PodPlace(folder, store, archive, tokens);
    await place.serve();
    return place;
  }

  /** Brings the service up, at the same address as before. */
  async serve(): Promise<void> {
    const { archive, ears, tokens } = this;
    const logger = createLogger({ service: 'training', level: 'warn' });
    const app = express();
    addPodRoutes(app, { ears, archive, tokens, logger });
    this.server = await listen(app, '127.0.0.1', this.port);
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Takes the service away, in the middle of whatever it is told. */
  async leave(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    this.server = undefined;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  async submit(spec: TrainSpec, task?: RunTask, parent?: { runId: string; epoch: number }): Promise<string> {
    const order = { experiment: 'pods', user: 'local', traceId: '0'.repeat(32), spec };
    const { run } = await this.store.submit({ ...order, ...(task && { task }), ...(parent && { parent }) });
    return run.id;
  }

  /** Starts a pod for a run, as its Job would. */
  async start(id: string, environment: NodeJS.ProcessEnv = {}, words = [program, '--pod']): Promise<Pod> {
    const uid = randomUUID();
    const folder = join(this.folder, uid);
    const tokenFile = join(this.folder, `token-${id}`);
    await writeFile(tokenFile, this.tokens.tokenFor(id));
    const child = spawn(process.execPath, words, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        MODA_RUN_ID: id,
        MODA_TRAINING_URL: `http://127.0.0.1:${this.port}`,
        MODA_RUN_TOKEN_FILE: tokenFile,
        MODA_POD_NAME: `pod-${uid.slice(0, 8)}`,
        MODA_POD_UID: uid,
        MODA_RUN_FOLDER: folder,
        POD_CHECKPOINT_EVERY_MS: '0',
        ...environment,
      },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    const exit = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
    const pod = { process: child, folder, exit, said: () => said };
    this.pods.push(pod);
    return pod;
  }

  /** Ends a pod with all that is in it, as the system does. */
  async kill({ process: courier, exit, folder }: Pod, id: string): Promise<void> {
    courier.kill('SIGKILL');
    for (const pid of await workersIn(join(folder, id))) kill(pid);
    await exit;
  }

  async close(): Promise<void> {
    for (const { process: courier } of this.pods) courier.kill('SIGKILL');
    await this.leave();
    await this.store.close();
  }
}

/** Living processes that say they work in the folder of a run. */
export async function workersIn(folder: string): Promise<number[]> {
  return (await holdersOf(folder)).map(({ pid }) => pid);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has gone by itself.
  }
}
