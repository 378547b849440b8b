import { createReadStream } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { ModaError } from '@moda/contracts';
import { z } from 'zod';
import { PassingFailure, requestFailure } from '../download/download-failure.js';
import { refusal } from '../registry/registry-client.js';

export interface Upload {
  /** The file with the bytes. */
  readonly file: string;
  /** For sentences. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly url: string;
}

export interface UploadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Hears of bytes that are on their way: more, or fewer where they have to be sent again. */
  readonly onBytes?: ((count: number) => void) | undefined;
  readonly attempts?: number | undefined;
  /** The longest wait before the second attempt (ms); it doubles from one to the next, up to 10 s. */
  readonly firstDelayMs?: number | undefined;
  /** A connection that is silent for so long is given up (ms). */
  readonly idleTimeoutMs?: number | undefined;
}

const defaultAttempts = 6;
const defaultFirstDelayMs = 300;
const maxDelayMs = 10_000;
/** After the last byte the registry forces them all to disk. */
const defaultIdleTimeoutMs = 120_000;
const passingStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);
const maxAnswerBytes = 65_536;
const pieceBytes = 2 ** 18;

const errorAnswer = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
});

/**
 * Sends a file to where the registry wants it, again where the network was in the way.
 *
 * @throws ModaError that the registry answered, or REGISTRY_UNREACHABLE
 */
export async function uploadBlob(upload: Upload, options: UploadOptions = {}): Promise<void> {
  const { attempts = defaultAttempts, firstDelayMs = defaultFirstDelayMs, signal } = options;
  for (let failures = 1; ; failures += 1) {
    let sent = 0;
    const onBytes = (count: number): void => {
      sent += count;
      options.onBytes?.(count);
    };
    try {
      await send(upload, { ...options, onBytes });
      return;
    } catch (error) {
      const failure = requestFailure(error);
      if (!(failure instanceof PassingFailure) || signal?.aborted) throw failure;
      options.onBytes?.(-sent);
      if (failures >= attempts)
        throw new ModaError(
          'REGISTRY_UNREACHABLE',
          `Cannot upload ${upload.path}: ${failure.message}; run the same command again to go on.`,
          { path: upload.path },
        );
      const delayMs = Math.random() * Math.min(maxDelayMs, firstDelayMs * 2 ** (failures - 1));
      await sleep(delayMs, undefined, signal ? { signal } : {});
    }
  }
}

function send({ file, path, sizeBytes, url }: Upload, options: UploadOptions): Promise<void> {
  const { signal, onBytes, idleTimeoutMs = defaultIdleTimeoutMs } = options;
  return new Promise((resolve, reject) => {
    const body = createReadStream(file, { highWaterMark: pieceBytes });
    let read = 0;
    const request = (url.startsWith('https:') ? https : http).request(
      url,
      {
        method: 'PUT',
        headers: { 'content-length': sizeBytes, 'content-type': 'application/octet-stream' },
        ...(signal ? { signal } : {}),
      },
      (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          if (answer.length < maxAnswerBytes) answer += text;
        });
        response.on('error', reject);
        response.on('end', () => {
          body.destroy();
          const failure = failureOf(response.statusCode ?? 0, answer, path);
          if (failure) reject(failure);
          else resolve();
        });
      },
    );
    request.setTimeout(idleTimeoutMs, () => request.destroy(new PassingFailure('the registry is silent')));
    request.on('error', (error) => {
      body.destroy();
      reject(error);
    });
    body.on('data', (piece) => {
      read += piece.length;
      onBytes?.(piece.length);
      if (read > sizeBytes) request.destroy(changed(path));
    });
    body.on('end', () => {
      // The registry would wait for the rest.
      if (read < sizeBytes) request.destroy(changed(path));
    });
    body.on('error', (error) => {
      request.destroy();
      reject(error);
    });
    body.pipe(request);
  });
}

function changed(path: string): ModaError {
  return new ModaError(
    'MODEL_INVALID',
    `${path} changed while it was published; run the same command again.`,
    {
      path,
    },
  );
}

function failureOf(status: number, answer: string, path: string): Error | undefined {
  if (status === 200 || status === 201 || status === 204) return undefined;
  if (passingStatuses.has(status)) return new PassingFailure(`the registry answered with status ${status}`);
  const { success, data } = errorAnswer.safeParse(parsed(answer));
  if (success) return refusal(data.error.code, data.error.message, data.error.details);
  return new ModaError('REGISTRY_REFUSED', `The registry refused ${path} with status ${status}.`, {
    path,
    status,
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
