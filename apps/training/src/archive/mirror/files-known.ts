import type { Stats } from 'node:fs';
import type { ArchivedFile } from '../run-archive.js';

type Seen = Pick<Stats, 'dev' | 'ino' | 'mtime' | 'mtimeMs' | 'size'>;

/**
 * Which files the archive has as they are, so that none is read twice. In one process they are told by inode, time and size; what an
 * earlier process has copied, by time and size.
 */
export class FilesKnown {
  private archived: Map<string, Pick<ArchivedFile, 'sizeBytes' | 'changedAt'>> | undefined;
  private readonly identities = new Map<string, string>();

  /** Asks once what is there. */
  async learn(ask: () => Promise<readonly ArchivedFile[]>): Promise<void> {
    this.archived ??= new Map((await ask()).map((file) => [file.name, file]));
  }

  has(name: string, seen: Seen): boolean {
    const identity = this.identities.get(name);
    if (identity !== undefined) return identity === identityOf(seen);
    const file = this.archived?.get(name);
    const isSame = file?.sizeBytes === seen.size && file.changedAt.getTime() === seen.mtime.getTime();
    if (isSame) this.identities.set(name, identityOf(seen));
    return isSame;
  }

  /** A name under which the archive has these bytes already. */
  nameOf(seen: Seen): string | undefined {
    const identity = identityOf(seen);
    for (const [name, other] of this.identities) if (other === identity) return name;
    return undefined;
  }

  add(name: string, seen: Seen): void {
    this.identities.set(name, identityOf(seen));
    this.archived?.set(name, { sizeBytes: seen.size, changedAt: seen.mtime });
  }

  forget(name: string): void {
    this.identities.delete(name);
    this.archived?.delete(name);
  }

  names(): readonly string[] {
    return [...(this.archived?.keys() ?? [])];
  }

  sizeOf(name: string): number | undefined {
    return this.archived?.get(name)?.sizeBytes;
  }
}

/** A file that is written anew has another inode or another time; a second name of it has the same. */
const identityOf = ({ dev, ino, mtimeMs, size }: Seen): string => `${dev}:${ino}:${mtimeMs}:${size}`;
