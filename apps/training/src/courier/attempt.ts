import { setTimeout as sleep } from 'node:timers/promises';
import type { BeginAnswer } from '../pod-desk/pod-messages.js';
import type { JournalBody } from '../worker/journal-body.js';
import type { RunFiles } from '../worker/run-files.js';
import { DeskRefusal } from './desk-client.js';
import type { Ending } from './ending.js';
import { FileShipper } from './file-shipper.js';
import { JournalShipper } from './journal-shipper.js';
import type { Link } from './link.js';
import { LogShipper } from './log-shipper.js';
import { codeOfEnd, codeOfExit } from './pod-exit-codes.js';
import { type PodWorker, startPodWorker } from './pod-worker.js';
import { Pulse } from './pulse.js';
import { shipAll, shipNewest } from './ship-state.js';

export interface AttemptOptions {
  readonly link: Link;
  readonly begun: Pick<BeginAnswer, 'offset' | 'files'>;
  readonly ending: Ending;
  readonly files: RunFiles;
  readonly graceMs: number;
  /** Between two checkpoints that are sent while the worker works. */
  readonly checkpointEveryMs: number;
  /** Between two signs of life. */
  readonly beatEveryMs: number;
  readonly say: (level: 'info' | 'warn' | 'error', text: string) => void;
  readonly tell: (body: JournalBody) => void;
}

/** Between two looks at what the worker has written, beside those that it asks for. */
const lookEveryMs = 1000;
/** Of the time that a pod has to end; the rest is for shipping what the worker has written then. */
const shareOfWorker = 0.6;
const logName = 'worker.log';

/** One pod's work on a run: a worker, and all that it writes on its way to the archive, in an order that may be cut anywhere. */
export class Attempt {
  private readonly journal: JournalShipper;
  private readonly log: LogShipper;
  private readonly shipper: FileShipper;
  private readonly pulse: Pulse;
  private worker: PodWorker | undefined;
  private hasNews = new AbortController();

  constructor(private readonly options: AttemptOptions) {
    const { beatEveryMs, begun, files, link, say, tell } = options;
    this.journal = new JournalShipper({
      path: files.journal,
      base: begun.offset,
      send: (place, lines) => link.journal(place, lines),
      onLost: () => link.lose(),
      onStored: (bodies) => bodies.forEach(tell),
    });
    this.log = new LogShipper({
      path: files.log,
      base: begun.files.find(({ name }) => name === logName)?.sizeBytes ?? 0,
      send: (place, bytes) => link.log(place, bytes),
    });
    this.shipper = new FileShipper({ archived: begun.files, desk: link });
    this.pulse = new Pulse({
      everyMs: beatEveryMs,
      beat: (signal) => link.beat(signal),
      onSilent: (seconds) => {
        say('error', `No sign of life from the worker for ${seconds} seconds; it is ended.`);
        this.worker?.kill();
      },
    });
  }

  /** Ships a journal that says how the run has ended; no worker was needed. */
  async shipEnd(): Promise<number> {
    await this.shipLastWord();
    return codeOfEnd(this.journal.end);
  }

  /**
   * @param program of the worker
   * @returns the exit code of the pod
   */
  async work(program: string, variables: NodeJS.ProcessEnv): Promise<number> {
    const { ending, files, graceMs, link, say } = this.options;
    let started = Promise.resolve();
    this.pulse.heard();
    const worker = await startPodWorker({
      files,
      program,
      variables,
      ending,
      graceMs: graceMs * shareOfWorker,
      onWord: () => this.pulse.heard(),
      onStarted: (device) => {
        started = link.started(device).catch(() => undefined);
      },
      onJournal: () => this.hasNews.abort(),
    });
    this.worker = worker;
    await Promise.all([this.follow(worker.gone), this.sendCheckpoints(worker.gone), worker.exit]);
    this.pulse.workerIsGone();
    const { lastWords, ...how } = await worker.exit;
    if (lastWords !== undefined) say('error', `The worker's last words: ${lastWords}`);

    const before = () => this.journal.ship();
    await before();
    await this.shipLog();
    await shipAll(files, this.shipper, { before, signal: ending.over });
    await started;
    await this.shipLastWord();
    ending.over.throwIfAborted();
    return this.journal.end ? codeOfEnd(this.journal.end) : codeOfExit(how);
  }

  close(): void {
    this.pulse.stop();
  }

  /** Ships journal and log while the worker works. */
  private async follow(gone: AbortSignal): Promise<void> {
    gone.addEventListener('abort', () => this.hasNews.abort(), { once: true });
    while (!gone.aborted) {
      this.hasNews = new AbortController();
      try {
        await this.journal.ship();
        await this.shipLog();
      } catch (error) {
        this.giveUp(error);
        return;
      }
      await sleep(lookEveryMs, undefined, { signal: this.hasNews.signal }).catch(() => undefined);
    }
  }

  /** The newest checkpoint each time, not too often. One that is under way when the worker ends is not waited for: a newer one follows. */
  private async sendCheckpoints(gone: AbortSignal): Promise<void> {
    const { checkpointEveryMs, ending, files } = this.options;
    const signal = AbortSignal.any([gone, ending.over]);
    let dueAt = 0;
    while (!gone.aborted) {
      try {
        const sent = this.shipper.sentBytes;
        const begunAt = performance.now();
        if (begunAt >= dueAt)
          await shipNewest(files, this.shipper, { before: () => this.journal.ship(), signal });
        if (this.shipper.sentBytes > sent) dueAt = begunAt + checkpointEveryMs;
      } catch (error) {
        if (signal.aborted) return;
        this.giveUp(error);
        return;
      }
      await sleep(lookEveryMs, undefined, { signal: gone }).catch(() => undefined);
    }
  }

  /** Once it is stored the run is over, and whoever asked then would hear that it is not this pod's any more. */
  private async shipLastWord(): Promise<void> {
    this.pulse.stop();
    await this.journal.shipToEnd();
  }

  private async shipLog(): Promise<void> {
    try {
      await this.log.ship();
    } catch (error) {
      // A log that has become too long ends; the run does not.
      if (!(error instanceof DeskRefusal) || error.code !== 'REQUEST_TOO_LARGE') throw error;
    }
  }

  /** Where nothing can be shipped any more there is no use in going on: the worker ends, and how is told when all is tried once more. */
  private giveUp(error: unknown): void {
    const { ending, say } = this.options;
    if (ending.over.aborted) return;
    say('error', `Nothing can be shipped: ${error instanceof Error ? error.message : String(error)}`);
    ending.stop();
  }
}
