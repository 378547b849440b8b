import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunFiles } from '../../worker/run-files.js';
import type { RunArchive } from '../run-archive.js';
import { FilesKnown } from './files-known.js';
import { logName, newestCheckpoint, viewFolder } from './mirrored-files.js';
import { wholeContent } from './whole-content.js';

/** Of a log, by one append. */
const maxLogBytes = 2 ** 20;

/** While a run lives, at most a tenth of the time goes into copies of its checkpoints, however often it writes them. */
const restShare = 9;

/** How long to wait for a checkpoint that is just being replaced, again and again. */
const replacedWithinMs = [5, 20, 80];

/** Copies what is new in the folder of one run into the archive. Its methods must not be called at the same time. */
export class RunMirror {
  private readonly known = new FilesKnown();
  /** When files may be copied again (ms of `performance`); the log always may. */
  private restUntil = 0;
  private logBytes: number | undefined;

  constructor(
    private readonly archive: RunArchive,
    private readonly id: string,
    private readonly files: RunFiles,
  ) {}

  /**
   * Once over all files. What fails is as it was and is looked at again the next time.
   *
   * @param isLast takes no rest
   */
  async look(isLast = false): Promise<void> {
    await this.known.learn(() => this.archive.files(this.id));
    await this.copyLog();
    const startedAt = performance.now();
    if (!isLast && startedAt < this.restUntil) return;
    const view = await viewFolder(this.files);
    for (const name of view.present) await this.copy(name);
    for (const name of view.removed(this.known.names())) {
      await this.archive.remove(this.id, name);
      this.known.forget(name);
    }
    const now = performance.now();
    this.restUntil = now + restShare * (now - startedAt);
  }

  /** The last look, for now: the run has no worker any more. */
  async settle(): Promise<void> {
    await this.look(true);
    await this.archive.settle(this.id, logName);
  }

  private async copy(name: string): Promise<void> {
    await this.withFile(name, async (file) => {
      const found = await file.stat();
      if (!found.isFile() || this.known.has(name, found)) return;
      const twin = this.known.nameOf(found);
      const linked = twin && (await this.archive.link({ id: this.id, name: twin }, this.id, name));
      if (linked === undefined) {
        await this.archive.put(this.id, name, wholeContent(file, found), {
          sizeBytes: found.size,
          changedAt: found.mtime,
        });
      }
      this.known.add(name, found);
    });
  }

  private async copyLog(): Promise<void> {
    await this.withFile(logName, async (file) => {
      const { size } = await file.stat();
      let at = this.logBytes ?? this.known.sizeOf(logName) ?? 0;
      if (size < at) {
        // Somebody has begun it anew.
        await this.archive.remove(this.id, logName);
        at = 0;
      }
      while (at < size) {
        const bytes = Buffer.alloc(Math.min(maxLogBytes, size - at));
        const { bytesRead } = await file.read(bytes, 0, bytes.length, at);
        if (bytesRead === 0) break;
        const part = bytes.subarray(0, bytesRead);
        at = (await this.archive.append(this.id, logName, at, part)).sizeBytes;
      }
      this.logBytes = at;
    });
  }

  /** Opened once: a file that is replaced meanwhile is read as it was. One that is gone by now is passed over. */
  private async withFile(name: string, work: (file: FileHandle) => Promise<void>): Promise<void> {
    let file = await this.openFile(name);
    for (const delayMs of name === newestCheckpoint ? replacedWithinMs : []) {
      if (file !== undefined) break;
      await sleep(delayMs);
      file = await this.openFile(name);
    }
    if (file === undefined) return;
    try {
      await work(file);
    } finally {
      await file.close();
    }
  }
  private async openFile(name: string): Promise<FileHandle | undefined> {
    try {
      return await open(join(this.files.folder, ...name.split('/')), 'r');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }
}
