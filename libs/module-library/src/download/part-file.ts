import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { syncFolder } from '../files/sync-folder.js';
import { bytesIn, joinSpans, type Spans } from './byte-spans.js';

const heading = z.strictObject({
  formatVersion: z.literal(1),
  identity: z.string(),
  sizeBytes: z.int().min(0),
});
const spanLine = z.tuple([z.int().min(0), z.int().min(0)]);

/** So many bytes are on their way to the disk before it is told to begin with them, so that the last flush is short. */
const bytesBetweenFlushes = 64 * 2 ** 20;

/**
 * A file that is not all there yet: `<path>.part` at its full size, and beside it `<path>.part.jsonl`, in which each line after the
 * first names bytes that are in place. Bytes are written before their line, so that a killed process loses those under way and no
 * more. What a power cut makes of it, the digest of the whole finds out.
 */
export class PartFile {
  #spans: Spans;
  #unflushed = 0;
  #flushing: Promise<void> | undefined;

  private constructor(
    readonly path: string,
    private readonly place: string,
    private readonly file: FileHandle,
    private readonly journal: FileHandle,
    spans: Spans,
  ) {
    this.#spans = spans;
  }

  /**
   * Opens what an earlier attempt at the same bytes left, or begins anew.
   *
   * @param identity Names the bytes; undefined where nothing can be used of an earlier attempt.
   */
  static async open(place: string, identity: string | undefined, sizeBytes: number): Promise<PartFile> {
    const path = `${place}.part`;
    const spans = identity === undefined ? [] : await readJournal(path, identity, sizeBytes);
    const file = await open(path, spans.length > 0 ? 'r+' : 'w+');
    try {
      if (spans.length === 0) await file.truncate(sizeBytes);
      const journal = await open(journalOf(path), 'w');
      const lines = [
        { formatVersion: 1, identity: identity ?? '', sizeBytes },
        ...spans.map(({ start, end }) => [start, end]),
      ];
      await journal.appendFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      return new PartFile(path, place, file, journal, spans);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** What is in place. */
  get spans(): Spans {
    return this.#spans;
  }

  /** Puts bytes at their place. */
  async write(bytes: Uint8Array, start: number): Promise<void> {
    // A write may stop early without an error; the next one then says why.
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.file.write(bytes, done, bytes.length - done, start + done);
      done += bytesWritten;
    }
    const end = start + bytes.length;
    await this.journal.appendFile(`${JSON.stringify([start, end])}\n`);
    this.#spans = joinSpans([...this.#spans, { start, end }]);
    this.#unflushed += bytes.length;
    if (this.#unflushed >= bytesBetweenFlushes) this.flushSoon();
  }

  /** All bytes are there and right: they go to disk, and the file gets its name. */
  async finish(): Promise<void> {
    await this.#flushing;
    await this.file.sync();
    await this.close();
    await rename(this.path, this.place);
    await syncFolder(dirname(this.place));
    await rm(journalOf(this.path), { force: true });
  }

  /** Leaves what is there for another attempt. */
  async close(): Promise<void> {
    await this.#flushing?.catch(() => undefined);
    await this.file.close();
    await this.journal.close();
  }

  /** Leaves nothing. */
  async discard(): Promise<void> {
    await this.close();
    await rm(journalOf(this.path), { force: true });
    await rm(this.path, { force: true });
  }

  private flushSoon(): void {
    if (this.#flushing !== undefined) return;
    this.#unflushed = 0;
    // A failure shows again in the last flush.
    this.#flushing = this.file.datasync().then(
      () => (this.#flushing = undefined),
      () => (this.#flushing = undefined),
    );
  }
}

function journalOf(path: string): string {
  return `${path}.jsonl`;
}

/** What an earlier attempt put in place; nothing where it was after other bytes, or its file is not as it left it. */
async function readJournal(path: string, identity: string, sizeBytes: number): Promise<Spans> {
  try {
    const [first = '', ...lines] = (await readFile(journalOf(path), 'utf8')).split('\n');
    const known = heading.parse(JSON.parse(first));
    if (known.identity !== identity || known.sizeBytes !== sizeBytes) return [];
    if ((await stat(path)).size !== sizeBytes) return [];
    const spans = joinSpans(lines.slice(0, -1).map(readSpan));
    return (spans.at(-1)?.end ?? 0) <= sizeBytes && bytesIn(spans) > 0 ? spans : [];
  } catch {
    return [];
  }
}

function readSpan(line: string): { readonly start: number; readonly end: number } {
  const [start, end] = spanLine.parse(JSON.parse(line));
  return { start, end };
}
