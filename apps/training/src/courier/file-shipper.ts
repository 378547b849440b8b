import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { PodFile } from '../pod-desk/pod-messages.js';
import type { SentFile } from './desk-client.js';
import { piecesOf } from './pieces-of.js';

/** Where files go. Each call takes as long as it takes, or until its signal. */
export interface FileDesk {
  put(name: string, file: FileHandle, sent: SentFile, signal: AbortSignal): Promise<void>;
  /** False where the archive does not have the other one any more. */
  link(from: string, name: string, digest: string, signal: AbortSignal): Promise<boolean>;
  remove(name: string, signal: AbortSignal): Promise<void>;
}

export interface FileShipperOptions {
  /** What the archive has when it begins. */
  readonly archived: readonly PodFile[];
  readonly desk: FileDesk;
}

export interface Shipping {
  /** Done once a file is open that is to be sent: whatever stands in front of it goes first. */
  readonly before: () => Promise<void>;
  /** Aborted where it is not worth while any more. */
  readonly signal: AbortSignal;
}

/** Ships files of a run, those alone that the archive does not have; it is the only one that changes them there. */
export class FileShipper {
  /** Of all files that were sent so far. */
  sentBytes = 0;
  private readonly archived: Map<string, string | undefined>;
  /** By identity of the file: an unchanged one is not read again, however large it is. */
  private readonly digests = new Map<string, string>();

  constructor(private readonly options: FileShipperOptions) {
    this.archived = new Map(options.archived.map(({ name, digest }) => [name, digest]));
  }

  /** Of all that the archive has. */
  names(): readonly string[] {
    return [...this.archived.keys()];
  }

  /** False where there is no such file. */
  async ship(name: string, path: string, { before, signal }: Shipping): Promise<boolean> {
    // What is sent is what was opened, though another file may get the name meanwhile.
    const file = await openIfThere(path);
    if (file === undefined) return false;
    try {
      const sent = await this.measure(file);
      if (this.archived.get(name) === sent.digest) return true;
      await before();
      if (!(await this.linked(name, sent.digest, signal))) {
        await this.options.desk.put(name, file, sent, signal);
        this.sentBytes += sent.sizeBytes;
      }
      this.archived.set(name, sent.digest);
      return true;
    } finally {
      await file.close();
    }
  }

  /** By a name that the archive has the same bytes by. */
  private async linked(name: string, digest: string, signal: AbortSignal): Promise<boolean> {
    const same = [...this.archived].find(([other, known]) => known === digest && other !== name)?.[0];
    return same !== undefined && (await this.options.desk.link(same, name, digest, signal));
  }

  /** Whether the archive has a file as it is now. */
  async has(name: string, path: string): Promise<boolean> {
    const file = await openIfThere(path);
    if (file === undefined) return false;
    try {
      return this.archived.get(name) === (await this.measure(file)).digest;
    } finally {
      await file.close();
    }
  }

  async remove(name: string, signal: AbortSignal): Promise<void> {
    if (!this.archived.has(name)) return;
    await this.options.desk.remove(name, signal);
    this.archived.delete(name);
  }

  private async measure(file: FileHandle): Promise<SentFile> {
    const { dev, ino, mtimeNs, size } = await file.stat({ bigint: true });
    const key = [dev, ino, mtimeNs, size].join(':');
    const digest = this.digests.get(key) ?? (await digestOf(file, Number(size)));
    this.digests.set(key, digest);
    return { digest, sizeBytes: Number(size) };
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function digestOf(file: FileHandle, sizeBytes: number): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of piecesOf(file, sizeBytes)) hash.update(piece);
  return `sha256:${hash.digest('hex')}`;
}
