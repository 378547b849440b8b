import type { RunRecord } from '../runs/run-record.js';
import type { JournalEnd } from '../worker/journal-body.js';
import { journalName, type RunFiles } from '../worker/run-files.js';
import type { ConductorContext } from './conductor-context.js';
import { type JournalPart, readJournal } from './journal-reader.js';

/** Takes the journal of one attempt into the store, every line exactly once: the place in the journal is kept by the store. */
export class JournalIntake {
  /** The last word of this attempt, once it was read. It stays in front of the place that the store keeps until the next attempt. */
  end: JournalEnd | undefined;
  /** This attempt has written a checkpoint. */
  hasCheckpoint = false;
  private offset: number | undefined;

  constructor(
    private readonly context: ConductorContext,
    private readonly run: RunRecord,
    private readonly files: RunFiles,
  ) {}

  /** Takes in what earlier attempts have left and forgets how they ended. */
  async passOver(): Promise<void> {
    for (;;) {
      if ((await this.read()) === 'lost') return;
      const part = await readJournal(this.files.journal, this.offset ?? 0);
      if (part.end === undefined) break;
      await this.store(part, part.end.next);
    }
    this.end = undefined;
    this.hasCheckpoint = false;
  }

  /** Up to the end of what is whole, or to the last word. */
  async read(): Promise<'read' | 'lost'> {
    this.offset ??= await this.context.store.journalOffset(this.run.id, journalName);
    for (;;) {
      const part = await readJournal(this.files.journal, this.offset);
      if (part.next > this.offset) {
        if ((await this.store(part, part.next)) === 'lost') return 'lost';
        // The whole of it, or nothing where the store was at another place.
        if (this.offset !== part.next) continue;
      }
      this.end = part.end?.body;
      if (part.end !== undefined || part.next === part.from) return 'read';
    }
  }

  private async store(part: JournalPart, next: number): Promise<'stored' | 'lost'> {
    const { logger, onNews, store } = this.context;
    const from = { file: journalName, offset: part.from };
    const token = this.run.worker?.token ?? '';
    if (part.damagedLines > 0)
      logger.warn(
        { runId: this.run.id, lines: part.damagedLines },
        'Lines of a journal are damaged and passed over.',
      );
    const outcome = await store.append(this.run.id, token, from, part.bodies, next);
    if (outcome.kind === 'lost') return 'lost';
    this.offset = outcome.kind === 'elsewhere' ? outcome.offset : next;
    if (outcome.kind === 'appended') {
      if (part.bodies.some(({ kind }) => kind === 'checkpoint')) this.hasCheckpoint = true;
      if (outcome.last >= outcome.first) onNews(this.run.id);
    }
    return 'stored';
  }
}
