import { stat, statfs } from 'node:fs/promises';
import type { Agent } from 'node:http';
import { basename, dirname } from 'node:path';
import { isModaError, ModaError } from '@moda/contracts';
import pLimit, { type LimitFunction } from 'p-limit';
import { writeFailure } from '../files/write-failure.js';
import { digestFile } from '../package/digest-file.js';
import type { Slabs } from './batches.js';
import { bytesIn, gapsIn, prefixOf, type Spans, splitSpans } from './byte-spans.js';
import { downloadDamaged } from './download-failure.js';
import type { Downloaded, DownloadOptions, DownloadSource } from './download-source.js';
import { PartFile } from './part-file.js';
import { PrefixDigest } from './prefix-digest.js';
import { createAgent } from './receive-over-http.js';
import { receiveSpan } from './receive-span.js';

/** More connections than that gain nothing, and a server has other clients. */
export const defaultConnections = 4;

/** A request costs as much as some hundred kilobytes; each connection should have several, so that all end together. */
const minSegmentBytes = 8 * 2 ** 20;
const maxSegmentBytes = 64 * 2 ** 20;
/** Below this a thread costs more than the hash. */
const minThreadBytes = 8 * 2 ** 20;

/** The unit in which a file system says how much a file takes. */
const blockBytes = 512;

/** What the downloads of one package share. */
export interface Lanes {
  readonly limit: LimitFunction;
  readonly slabs: Slabs;
  readonly agentFor: (url: URL) => Agent;
  readonly close: () => void;
}

export function openLanes(connections = defaultConnections): Lanes {
  const agents = new Map<string, Agent>();
  return {
    limit: pLimit(connections),
    slabs: [],
    agentFor: (url) => {
      const agent = agents.get(url.protocol) ?? createAgent(url, connections);
      agents.set(url.protocol, agent);
      return agent;
    },
    close: () => agents.forEach((agent) => agent.destroy()),
  };
}

/**
 * Downloads a file to its place: in parallel ranges where the server has them, going on at the byte where a connection, or an earlier
 * process, was cut. The file appears under its name once all its bytes are there, right, and on disk; until then they are in
 * `<path>.part`.
 *
 * @throws ModaError DOWNLOAD_FAILED, after which another attempt goes on; DOWNLOAD_DAMAGED; DISK_FULL,
 *   OUTPUT_NOT_WRITABLE; INTERRUPTED
 */
export async function downloadFile(
  source: DownloadSource,
  path: string,
  options: DownloadOptions = {},
  shared?: Lanes,
): Promise<Downloaded> {
  const lanes = shared ?? openLanes(options.connections);
  try {
    let transferredBytes = 0;
    // A second time where what an earlier process left was damaged meanwhile.
    for (;;) {
      const result = await attempt(source, path, options, lanes);
      transferredBytes += result.transferredBytes;
      if (result.right) return { digest: result.digest, sizeBytes: source.sizeBytes, transferredBytes };
      if (result.resumedBytes === 0)
        throw downloadDamaged(basename(path), `its digest is ${result.digest}, not ${source.digest ?? ''}`);
    }
  } catch (error) {
    throw asFailure(error, path, options.signal);
  } finally {
    if (shared === undefined) lanes.close();
  }
}

interface Attempt {
  readonly right: boolean;
  readonly digest: string;
  readonly resumedBytes: number;
  readonly transferredBytes: number;
}

async function attempt(
  source: DownloadSource,
  path: string,
  options: DownloadOptions,
  lanes: Lanes,
): Promise<Attempt> {
  const { sizeBytes } = source;
  await checkSpace(path, sizeBytes);
  const part = await PartFile.open(path, source.supportsRanges ? source.identity : undefined, sizeBytes);
  const threaded = sizeBytes >= minThreadBytes ? new PrefixDigest(part.path, sizeBytes) : undefined;
  let open = true;
  try {
    const resumedBytes = bytesIn(part.spans);
    if (resumedBytes > 0) options.onBytes?.(resumedBytes);
    threaded?.advance(prefixOf(part.spans));
    const transferredBytes = await receiveGaps(source, basename(path), part, options, lanes, (spans) =>
      threaded?.advance(prefixOf(spans)),
    );
    const digest = threaded ? await threaded.result() : (await digestFile(part.path)).digest;
    const right = source.digest === undefined || digest === source.digest;
    open = false;
    await (right ? part.finish() : part.discard());
    if (!right) options.onBytes?.(-sizeBytes);
    return { right, digest, resumedBytes, transferredBytes };
  } catch (error) {
    const damaged = isModaError(error) && error.code === 'DOWNLOAD_DAMAGED';
    if (open) await (damaged ? part.discard() : part.close());
    throw error;
  } finally {
    await threaded?.stop();
  }
}

/** A file that cannot fit is not begun. What an earlier attempt left counts as free, since it is overwritten. */
async function checkSpace(path: string, sizeBytes: number): Promise<void> {
  const folder = dirname(path);
  const { bavail, bsize } = await statfs(folder);
  const left = await stat(`${path}.part`).catch(() => undefined);
  const free = bavail * bsize + (left ? left.blocks * blockBytes : 0);
  if (sizeBytes <= free) return;
  throw new ModaError(
    'DISK_FULL',
    `${basename(path)} has ${sizeBytes} bytes, but in ${folder} only ${free} are free; free some space or choose another folder.`,
    { path, sizeBytes, free },
  );
}

/** Receives all that is missing; the first failure ends the rest. */
async function receiveGaps(
  source: DownloadSource,
  what: string,
  part: PartFile,
  options: DownloadOptions,
  lanes: Lanes,
  onWritten: (spans: Spans) => void,
): Promise<number> {
  const { sizeBytes, supportsRanges } = source;
  const failed = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal;
  const address = renewable(source);
  const receiver = {
    ...{ what, sizeBytes, supportsRanges, ...address },
    ...{ slabs: lanes.slabs, agentFor: lanes.agentFor },
    write: async (bytes: Uint8Array, start: number) => {
      await part.write(bytes, start);
      onWritten(part.spans);
    },
  };
  // Bytes that are made while they are sent are made once: in one request, as long as nothing cuts it.
  const parallel = supportsRanges && source.digest !== undefined;
  const segments = splitSpans(gapsIn(part.spans, sizeBytes), parallel ? segmentBytes(sizeBytes) : sizeBytes);
  let failure: { readonly error: unknown } | undefined;
  const received = await Promise.all(
    segments.map((segment) =>
      lanes.limit(async () => {
        if (signal.aborted) return 0;
        try {
          return await receiveSpan(receiver, segment, { ...options, signal });
        } catch (error) {
          failure ??= { error };
          failed.abort();
          return 0;
        }
      }),
    ),
  );
  options.signal?.throwIfAborted();
  if (failure !== undefined) throw failure.error;
  return received.reduce((sum, bytes) => sum + bytes, 0);
}

function segmentBytes(sizeBytes: number): number {
  const even = Math.ceil(sizeBytes / (4 * defaultConnections));
  return Math.min(maxSegmentBytes, Math.max(minSegmentBytes, even));
}

/** One address for all ranges, renewed once for all of them. */
function renewable({ url, renew }: DownloadSource): {
  readonly address: () => string;
  readonly renew: (refused: string) => Promise<boolean>;
} {
  let current = url;
  let renewing: Promise<void> | undefined;
  return {
    address: () => current,
    renew: async (refused) => {
      if (current !== refused) return true;
      if (renew === undefined) return false;
      renewing ??= renew()
        .then((address) => {
          current = address;
        })
        .finally(() => (renewing = undefined));
      await renewing;
      return current !== refused;
    },
  };
}

function asFailure(error: unknown, path: string, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted)
    return new ModaError('INTERRUPTED', 'The download was stopped; run the same command again to go on.');
  return isModaError(error) ? error : writeFailure(error, path);
}
