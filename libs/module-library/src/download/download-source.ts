/** Where the bytes of a file are, and what they have to be. */
export interface DownloadSource {
  readonly url: string;
  readonly sizeBytes: number;
  /** `sha256:…`, or undefined where the bytes are made while they are sent; then the caller compares what came. */
  readonly digest: string | undefined;
  /** Names the bytes, so that what an earlier attempt left can be told from another file: the digest, or what it is derived from. */
  readonly identity: string;
  readonly supportsRanges: boolean;
  /** A new address where the old one has expired. */
  readonly renew?: () => Promise<string>;
}

export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Hears of bytes that are in place: more, or fewer where a file has to be fetched again. */
  readonly onBytes?: ((count: number) => void) | undefined;
  /** Connections at a time. */
  readonly connections?: number | undefined;
  /** Requests without a single byte, one after the other, until it is given up. */
  readonly attempts?: number | undefined;
  /** The longest wait before the second attempt (ms); it doubles from one to the next, up to 10 s. */
  readonly firstDelayMs?: number | undefined;
  /** A connection that is silent for so long is given up (ms). */
  readonly idleTimeoutMs?: number | undefined;
}

export interface Downloaded {
  readonly digest: string;
  readonly sizeBytes: number;
  /** Of these, what came over the network now; the rest was there. More than the size where bytes had to be fetched twice. */
  readonly transferredBytes: number;
}
