import type { JournalAnswer } from '../pod-desk/pod-messages.js';
import type { JournalBody, JournalEnd } from '../worker/journal-body.js';
import { type JournalLines, readJournalLines } from './journal-lines.js';

export interface JournalShipperOptions {
  readonly path: string;
  /** Where the file begins in the journal of the run. */
  readonly base: number;
  /** Sends lines for a place of the run's journal, however long it takes. */
  readonly send: (place: number, lines: Uint8Array) => Promise<JournalAnswer>;
  /** Somebody else has the run. */
  readonly onLost: () => void;
  /** What was just stored. */
  readonly onStored: (bodies: readonly JournalBody[]) => void;
}

/** Ships the journal of a worker, each line once: the service knows how far it has come, and says so. */
export class JournalShipper {
  /** The last word of the worker, once it was shipped. */
  end: JournalEnd | undefined;
  private offset = 0;
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly options: JournalShipperOptions) {}

  /** All that is there when it is called but the names of files that were made, and what follows them. */
  ship(): Promise<void> {
    return this.then(false);
  }

  /** All that is there. */
  shipToEnd(): Promise<void> {
    return this.then(true);
  }

  private then(withArtifacts: boolean): Promise<void> {
    const shipped = this.work.then(() => this.shipNow(withArtifacts));
    this.work = shipped.catch(() => undefined);
    return shipped;
  }

  private async shipNow(withArtifacts: boolean): Promise<void> {
    for (;;) {
      const part = await readJournalLines(this.options.path, this.offset, withArtifacts);
      if (part.bytes.length === 0 || !(await this.send(part))) return;
    }
  }

  /** False where it is of no use to go on. */
  private async send({ bytes, bodies }: JournalLines): Promise<boolean> {
    const { base, onLost, onStored, send } = this.options;
    const answer = await send(base + this.offset, bytes);
    const next = answer.kind === 'lost' ? -1 : answer.offset - base;
    // A place in front of this file was of another pod, whose lines this one does not have.
    if (answer.kind === 'lost' || next < 0) {
      onLost();
      return false;
    }
    const isStored = answer.kind === 'stored' || next === this.offset + bytes.length;
    this.offset = next;
    if (!isStored) return true;
    onStored(bodies);
    this.end = bodies.find((body) => body.kind === 'end') ?? this.end;
    return true;
  }
}
