import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger, listen } from '@moda/service-kit';
import express from 'express';
import { type Tricks, writeFakeWorker } from '../../conductor/testing/fake-worker.js';
import { addPodRoutes } from '../../pod-desk/pod-routes.js';
import { openPodTokens, type PodTokens } from '../../pod-desk/pod-tokens.js';
import { MemoryArchive } from '../../pod-desk/testing/memory-archive.js';
import { SpecEars } from '../../pod-desk/testing/spec-ears.js';
import type { RunRecord } from '../../runs/run-record.js';
import { sampleSpec } from '../../runs/testing/index.js';
import { type JournalBody, parseJournalLine } from '../../worker/journal-body.js';
import type { DataStore } from '../data-store.js';
import { runPod } from '../run-pod.js';

export interface StartOptions {
  readonly tricks?: Tricks;
  /** What the worker writes beside its journal. */
  readonly log?: string;
  readonly token?: string;
  readonly graceMs?: number;
  /** Of the pod; an empty one if left out. */
  readonly folder?: string;
  readonly dataStore?: DataStore;
}

/** A pod in this process, whose worker is a process without TensorFlow. */
export interface SpecPod {
  readonly code: Promise<number>;
  readonly folder: string;
  stop(): void;
  said(): string;
  /** As the worker has written it. */
  localJournal(): Promise<string>;
}

/** What came into the archive, and what was known by then. */
export interface Arrival {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The highest step whose point was stored. */
  readonly steps: number;
  /** The last word was stored. */
  readonly ended: boolean;
}

const limitMs = 30_000;
const beatEveryMs = 50;

/** The desk of one run over real HTTP, with nothing behind it but memory. */
export class SpecDesk {
  /** Answers that are cut off, 0..1. */
  loseAnswers = 0;
  /** How long it takes to store lines of the journal. */
  journalMs = 0;
  /** How long the answer to the last word is on its way, while signs of life are told already that the run is over. */
  lastAnswerMs: number | undefined;
  refusal: string | undefined;
  readonly arrivals: Arrival[] = [];
  readonly ears = new SpecEars();
  private server: Server | undefined;
  private port = 0;
  private attempt = 0;
  private readonly children: SpecDesk[] = [];

  private constructor(
    private readonly folder: string,
    private readonly id: string,
    private readonly parent: RunRecord['parent'],
    private readonly tokens: PodTokens,
    readonly archive: MemoryArchive,
  ) {}

  static async open(
    folder: string,
    id = 'run',
    parent?: RunRecord['parent'],
    archive = new MemoryArchive(),
  ): Promise<SpecDesk> {
    const desk = new SpecDesk(folder, id, parent, await openPodTokens(join(folder, 'secret')), archive);
    desk.watchArchive();
    await desk.serve();
    return desk;
  }

  /** Another run, which begins with a checkpoint of one whose files are here. */
  async fork(runId: string, epoch: number): Promise<SpecDesk> {
    const child = await SpecDesk.open(this.folder, 'child', { runId, epoch }, this.archive);
    this.children.push(child);
    return child;
  }

  get journal(): (JournalBody | undefined)[] {
    const lines = this.ears.journalText.split('\n').slice(0, -1);
    return lines.map((line) => parseJournalLine(line));
  }

  private get hasEnded(): boolean {
    return this.journal.some((body) => body?.kind === 'end');
  }

  /** Steps of all points that were told. */
  said(): number[] {
    return this.journal.flatMap((body) => (body?.kind === 'metric' ? [body.step] : []));
  }

  /** Steps whose points are known. */
  steps(): number[] {
    return [...new Set(this.said())];
  }

  /** What the worker said that it runs on. */
  get started(): unknown {
    const started = this.ears.calls.find((call) => JSON.stringify(call).includes('"started"'));
    return (started as { news: { device: string } } | undefined)?.news.device;
  }

  set order(order: 'stop' | 'lost') {
    this.ears.hears = order;
  }

  async serve(): Promise<void> {
    const app = express();
    app.use((request, response, next) => {
      if (Math.random() < this.loseAnswers)
        response.end = () => {
          request.socket.destroy();
          return response;
        };
      next();
    });
    const logger = createLogger({ service: 'test', level: 'silent' });
    const { archive, ears, tokens } = this;
    addPodRoutes(app, {
      ears: {
        begin: async (id, pod) => {
          await ears.begin(id, pod);
          if (this.refusal !== undefined) return { kind: 'refused', reason: this.refusal };
          const offset = ears.journalText.length;
          return { kind: 'begun', token: 't', offset, attempt: (this.attempt += 1), run: this.record() };
        },
        hear: (...given) => ears.hear(...given),
        journal: async (...given) => {
          await sleep(this.journalMs);
          const answer = await ears.journal(...given);
          if (this.lastAnswerMs !== undefined && this.hasEnded) {
            ears.hears = 'lost';
            await sleep(this.lastAnswerMs);
          }
          return answer;
        },
      },
      archive,
      tokens,
      logger,
    });
    this.server = await listen(app, '127.0.0.1', this.port);
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Takes the service away, in the middle of whatever it is told. */
  async leave(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server === undefined) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  start({ tricks = {}, log = '', token, graceMs = 20_000, folder, dataStore }: StartOptions = {}): SpecPod {
    const own = folder ?? join(this.folder, randomUUID());
    const stop = new AbortController();
    let said = '';
    const code = writeProgram(this.folder, tricks, log).then((program) =>
      runPod({
        environment: {
          runId: this.id,
          serviceUrl: `http://127.0.0.1:${this.port}`,
          tokenFile: 'none',
          pod: { name: 'pod', uid: randomUUID() },
          runsFolder: own,
          dataFolder: undefined,
          dataStore,
          graceMs,
          checkpointEveryMs: 0,
        },
        token: token ?? this.tokens.tokenFor(this.id),
        stop: stop.signal,
        say: (_level, text) => (said += `${text}\n`),
        tell: () => undefined,
        variables: process.env,
        program,
        beatEveryMs,
      }),
    );
    return {
      code,
      folder: own,
      stop: () => stop.abort(),
      said: () => said,
      localJournal: () => readFile(join(own, this.id, 'journal.ndjson'), 'utf8').catch(() => ''),
    };
  }

  async until(done: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = Date.now() + limitMs;
    while (!(await done())) {
      if (Date.now() > deadline) throw new Error('It takes too long.');
      await sleep(5);
    }
  }

  async close(): Promise<void> {
    for (const child of this.children) await child.close();
    await this.leave();
  }

  private record(): RunRecord {
    const { id, parent } = this;
    const record = { id, parent, spec: sampleSpec(), task: { kind: 'train' }, traceId: 'f'.repeat(32) };
    return record as RunRecord;
  }

  private watchArchive(): void {
    const { archive } = this;
    const put = archive.put.bind(archive);
    archive.put = async (id, name, content, expected) => {
      const file = await put(id, name, content, expected);
      const pieces: Uint8Array[] = [];
      for await (const piece of archive.read(id, name)) pieces.push(piece);
      const steps = Math.max(0, ...this.said());
      this.arrivals.push({ name, bytes: Buffer.concat(pieces), steps, ended: this.hasEnded });
      return file;
    };
  }
}

async function writeProgram(folder: string, tricks: Tricks, log: string): Promise<string> {
  const own = join(folder, `program-${randomUUID()}`);
  await mkdir(own);
  const worker = await writeFakeWorker(own);
  const path = join(own, 'program.mjs');
  await writeFile(
    path,
    `import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
process.stdout.write(${JSON.stringify(log)});
writeFileSync(join(process.argv[2], 'tricks.json'), ${JSON.stringify(JSON.stringify(tricks))});
await import(${JSON.stringify(worker)});
`,
  );
  return path;
}
