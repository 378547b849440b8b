import type { BlobContent, ByteRange } from '@moda/blob-store';

/** A file of a run, as the archive has it. */
export interface ArchivedFile {
  /** Path in the folder of the run, with slashes: `worker.log`, `model/weights.safetensors`. */
  readonly name: string;
  readonly sizeBytes: number;
  /** `sha256:…` of the whole; undefined while it grows. */
  readonly digest: string | undefined;
  /** Of the file itself where whoever put it said so, or else when it was put or added to. */
  readonly changedAt: Date;
}

/** What whoever puts a file knows of it. */
export interface PutExpectation {
  readonly digest?: string;
  readonly sizeBytes?: number;
  /** Not checked, but kept with it. */
  readonly changedAt?: Date;
}

export interface AppendOutcome {
  /** `elsewhere`: there would be a hole; go on from `sizeBytes`. */
  readonly kind: 'appended' | 'elsewhere';
  /** Of the file now. */
  readonly sizeBytes: number;
}

/**
 * The files of runs in a blob store, while the runs live and afterwards: whatever becomes of the machine that trains, they are there.
 * Everything throws ModaError RUN_FILE_NAME_INVALID for a name that is no path in a run's folder, what the blob store throws, and
 * DATABASE_UNREACHABLE; whatever writes throws RUN_UNKNOWN, too.
 */
export interface RunArchive {
  /**
   * Adds to a growing file, from a byte on. Bytes that are there already are skipped, so that repeating is harmless. A file that was put or
   * settled grows again.
   */
  append(id: string, name: string, offset: number, bytes: Uint8Array): Promise<AppendOutcome>;
  /**
   * A whole file in place of what had the name; it appears all at once.
   *
   * @throws ModaError BLOB_DIGEST_MISMATCH where the content is not what was expected; then all is as before
   */
  put(id: string, name: string, content: BlobContent, expected?: PutExpectation): Promise<ArchivedFile>;
  /** Gives a whole file of a run a second name, in the same run or in another; no bytes are moved. Undefined where there is no such file. */
  link(
    from: { readonly id: string; readonly name: string },
    id: string,
    name: string,
  ): Promise<ArchivedFile | undefined>;
  /** A file that has grown is whole: it gets its digest. Undefined where there is none. */
  settle(id: string, name: string): Promise<ArchivedFile | undefined>;
  /** By name. */
  files(id: string): Promise<readonly ArchivedFile[]>;
  file(id: string, name: string): Promise<ArchivedFile | undefined>;
  /**
   * The bytes of a file, or of a part of it (see `ByteRange`). What was added after the first piece was asked for is not among them.
   *
   * @throws ModaError ARTIFACT_MISSING, BLOB_RANGE_INVALID
   */
  read(id: string, name: string, range?: ByteRange): AsyncIterable<Uint8Array>;
  /** What is not there is removed already. */
  remove(id: string, name: string): Promise<void>;
}
