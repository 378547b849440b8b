import type { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isModaError } from '@moda/contracts';
import { Batches, type Slabs } from './batches.js';
import type { Span } from './byte-spans.js';
import { downloadFailed, ExpiredAddress, PassingFailure, requestFailure } from './download-failure.js';
import type { DownloadOptions } from './download-source.js';
import { parseAddress, type RangeRequest } from './range-request.js';
import { receiveOverHttp } from './receive-over-http.js';
import { OtherFraming, receiveOverSocket } from './receive-over-socket.js';

/** Below this a connection that is open already is worth more. */
const minSocketBytes = 2 ** 20;

const defaultAttempts = 8;
const defaultFirstDelayMs = 200;
const maxDelayMs = 10_000;
const defaultIdleTimeoutMs = 30_000;

/** The file as those that receive its bytes see it. */
export interface Receiver {
  /** For sentences. */
  readonly what: string;
  readonly sizeBytes: number;
  readonly supportsRanges: boolean;
  readonly address: () => string;
  /** Gets another address in place of one that was not accepted; false where there is none. */
  readonly renew: (refused: string) => Promise<boolean>;
  readonly agentFor: (url: URL) => Agent;
  readonly slabs: Slabs;
  readonly write: (bytes: Uint8Array, start: number) => Promise<void>;
}

/**
 * Receives one span of a file in as many requests as the network makes necessary, each of which begins at the byte where the one
 * before was cut. Attempts count from the last byte that came.
 *
 * @returns how many bytes came
 * @throws ModaError DOWNLOAD_FAILED, DOWNLOAD_DAMAGED
 */
export async function receiveSpan(receiver: Receiver, span: Span, options: DownloadOptions): Promise<number> {
  const { attempts = defaultAttempts, firstDelayMs = defaultFirstDelayMs } = options;
  let at = span.start;
  let received = 0;
  for (let failures = 0; at < span.end;) {
    const address = receiver.address();
    const before = at;
    try {
      await receiveOnce(receiver, address, { start: at, end: span.end }, options, (end) => {
        received += end - at;
        options.onBytes?.(end - at);
        at = end;
      });
    } catch (error) {
      const failure = requestFailure(error);
      if (!(failure instanceof PassingFailure) || options.signal?.aborted) throw failure;
      failures = at > before ? 1 : failures + 1;
      if (!receiver.supportsRanges && at > span.start) {
        options.onBytes?.(span.start - at);
        at = span.start;
      }
      if (failures >= attempts) throw downloadFailed(receiver.what, failure.message);
      if (failure instanceof ExpiredAddress && !(await receiver.renew(address)))
        throw downloadFailed(receiver.what, failure.message);
      // A random part of the time that is due, so that those who failed together do not come back together.
      await sleep(Math.random() * Math.min(maxDelayMs, firstDelayMs * 2 ** (failures - 1)), undefined, {
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      });
    }
  }
  return received;
}

/**
 * One request. Tells, after each batch, up to where the bytes are in place; also of those that came before a failure, unless the
 * server lies.
 */
async function receiveOnce(
  receiver: Receiver,
  address: string,
  span: Span,
  options: DownloadOptions,
  onPlaced: (end: number) => void,
): Promise<void> {
  const { what, sizeBytes } = receiver;
  const { signal, idleTimeoutMs = defaultIdleTimeoutMs } = options;
  const url = parseAddress(what, address);
  const request = { ...span, what, url, sizeBytes, idleTimeoutMs, signal };
  const batches = new Batches(span.start, receiver.slabs, receiver.write, onPlaced);
  let failure: { readonly error: unknown } | undefined;
  try {
    await receiveRange(request, batches, receiver);
  } catch (error) {
    failure = { error };
  }
  await batches.flush({ keepRest: !isModaError(failure?.error) });
  if (failure !== undefined) throw failure.error;
  if (batches.receivedEnd < span.end) throw new PassingFailure('the connection was cut');
}

async function receiveRange(request: RangeRequest, batches: Batches, { agentFor }: Receiver): Promise<void> {
  const { url, start, end } = request;
  if (url.protocol === 'http:' && end - start >= minSocketBytes) {
    try {
      return await receiveOverSocket(request, batches);
    } catch (error) {
      if (!(error instanceof OtherFraming)) throw error;
    }
  }
  return receiveOverHttp(request, batches, agentFor(url));
}
