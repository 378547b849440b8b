import { createHash } from 'node:crypto';
import { ModaError } from '@moda/contracts';
import type { ArchivedFile, RunArchive } from '../../archive/run-archive.js';

interface Stored {
  readonly bytes: Buffer;
  readonly digest: string | undefined;
}

const digestOf = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** An archive in memory, for specs of those who use one. */
export class MemoryArchive implements RunArchive {
  /** Names in the order in which files came. */
  readonly arrivals: string[] = [];
  private readonly runs = new Map<string, Map<string, Stored>>();

  async append(
    id: string,
    name: string,
    offset: number,
    bytes: Uint8Array,
  ): ReturnType<RunArchive['append']> {
    const there = this.runOf(id).get(name)?.bytes ?? Buffer.alloc(0);
    if (offset > there.length) return { kind: 'elsewhere', sizeBytes: there.length };
    const grown = Buffer.concat([there, bytes.subarray(Math.min(bytes.length, there.length - offset))]);
    this.runOf(id).set(name, { bytes: grown, digest: undefined });
    return { kind: 'appended', sizeBytes: grown.length };
  }

  async put(
    id: string,
    name: string,
    content: Parameters<RunArchive['put']>[2],
    expected: Parameters<RunArchive['put']>[3] = {},
  ): Promise<ArchivedFile> {
    const pieces: Uint8Array[] = [];
    if (content instanceof Uint8Array) pieces.push(content);
    else for await (const piece of content) pieces.push(Uint8Array.from(piece));
    const bytes = Buffer.concat(pieces);
    const digest = digestOf(bytes);
    if (expected.digest !== undefined && expected.digest !== digest)
      throw new ModaError(
        'BLOB_DIGEST_MISMATCH',
        'The bytes are not those that were announced; send them again.',
      );
    this.runOf(id).set(name, { bytes, digest });
    this.arrivals.push(name);
    return toFile(name, { bytes, digest });
  }

  async link(
    from: { readonly id: string; readonly name: string },
    id: string,
    name: string,
  ): Promise<ArchivedFile | undefined> {
    const file = this.runOf(from.id).get(from.name);
    if (file === undefined) return undefined;
    this.runOf(id).set(name, file);
    this.arrivals.push(name);
    return toFile(name, file);
  }

  async settle(id: string, name: string): Promise<ArchivedFile | undefined> {
    const file = this.runOf(id).get(name);
    if (file === undefined) return undefined;
    const whole = { bytes: file.bytes, digest: digestOf(file.bytes) };
    this.runOf(id).set(name, whole);
    return toFile(name, whole);
  }

  async files(id: string): Promise<readonly ArchivedFile[]> {
    return [...this.runOf(id)]
      .map(([name, file]) => toFile(name, file))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async file(id: string, name: string): Promise<ArchivedFile | undefined> {
    return (await this.files(id)).find((file) => file.name === name);
  }

  async *read(
    id: string,
    name: string,
    range: Parameters<RunArchive['read']>[2] = {},
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const file = this.runOf(id).get(name);
    if (file === undefined) throw new ModaError('ARTIFACT_MISSING', `There is no ${name}; put it first.`);
    yield file.bytes.subarray(range.start, range.end);
  }

  async remove(id: string, name: string): Promise<void> {
    this.runOf(id).delete(name);
  }

  private runOf(id: string): Map<string, Stored> {
    const run = this.runs.get(id) ?? new Map<string, Stored>();
    this.runs.set(id, run);
    return run;
  }
}

function toFile(name: string, { bytes, digest }: Stored): ArchivedFile {
  return { name, sizeBytes: bytes.length, digest, changedAt: new Date(0) };
}
