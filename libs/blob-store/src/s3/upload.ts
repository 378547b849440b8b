import { createHash } from 'node:crypto';
import { digestFromHex } from '../digest.js';
import { damaged } from '../verified.js';
import type { S3Connection } from './connection.js';
import { isTransient, isUploadGone } from './failure.js';
import { maxParts } from './options.js';
import { withRetries } from './retry.js';
import type { StagedContent } from './staged-content.js';

export interface PartOptions {
  readonly partSizeBytes: number;
  readonly partsInFlight: number;
}

interface UploadedPart {
  readonly part: number;
  readonly etag: string;
}

const contentType = { 'Content-Type': 'application/octet-stream' };

/** Content of one part goes up in one request. */
export async function uploadWhole(
  { client, bucket, send }: S3Connection,
  key: string,
  content: StagedContent,
): Promise<void> {
  const bytes = await content.read(0, content.blob.sizeBytes);
  await send(() => client.putObject(bucket, key, bytes, bytes.length, contentType));
}

/**
 * Longer content goes up in parts. The client's own upload of streams goes on with whatever unfinished upload of the same key it
 * finds, which would mix two writers of one blob, and never ends an upload that failed; so the parts are sent here. Nothing can be
 * seen under the key before the last step. A process that is killed leaves an unfinished upload, which a lifecycle rule of the bucket
 * (AbortIncompleteMultipartUpload) removes.
 */
export async function uploadInParts(
  connection: S3Connection,
  key: string,
  content: StagedContent,
  options: PartOptions,
): Promise<void> {
  const { client, bucket, send } = connection;
  const uploadId = await send(() => client.initiateNewMultipartUpload(bucket, key, { ...contentType }));
  try {
    const parts = await sendParts(connection, key, uploadId, content, options);
    await complete(connection, key, uploadId, parts, content.blob.sizeBytes);
  } catch (error) {
    // The reason is what counts, not that the store could not clean up either.
    await send(() => client.abortMultipartUpload(bucket, key, uploadId)).catch(() => undefined);
    throw error;
  }
}

/** As asked for, or larger where there would be too many. */
export function partBytesFor(sizeBytes: number, partSizeBytes: number): number {
  return Math.max(partSizeBytes, Math.ceil(sizeBytes / maxParts));
}

/** Reads the parts in order and hashes them once more, for they may have lain on a disk; sends several at a time. */
async function sendParts(
  { client, bucket, send }: S3Connection,
  key: string,
  uploadID: string,
  { blob, read }: StagedContent,
  { partSizeBytes, partsInFlight }: PartOptions,
): Promise<UploadedPart[]> {
  const partBytes = partBytesFor(blob.sizeBytes, partSizeBytes);
  const hash = createHash('sha256');
  const parts: UploadedPart[] = [];
  const inFlight = new Set<Promise<void>>();
  const failures: unknown[] = [];

  for (let start = 0; start < blob.sizeBytes && failures.length === 0; start += partBytes) {
    const bytes = await read(start, Math.min(start + partBytes, blob.sizeBytes));
    hash.update(bytes);
    const partNumber = 1 + start / partBytes;
    const sending: Promise<void> = send(() =>
      client.uploadPart({ bucketName: bucket, objectName: key, uploadID, partNumber, headers: {} }, bytes),
    )
      .then(
        ({ etag }) => void parts.push({ part: partNumber, etag }),
        (error: unknown) => void failures.push(error),
      )
      .finally(() => inFlight.delete(sending));
    inFlight.add(sending);
    if (inFlight.size >= partsInFlight) await Promise.race(inFlight);
  }
  // Before an upload is ended none of its parts may be under way.
  await Promise.all(inFlight);

  if (failures.length > 0) throw failures[0];
  if (digestFromHex(hash.digest('hex')) !== blob.digest) throw damaged(blob.digest);
  return parts.sort((a, b) => a.part - b.part);
}

/** A completion whose answer was lost has happened: when it is sent again, the upload is gone and the object is there. */
async function complete(
  { client, bucket, retry, explain }: S3Connection,
  key: string,
  uploadId: string,
  parts: UploadedPart[],
  sizeBytes: number,
): Promise<void> {
  try {
    await withRetries(retry, isTransient, () => client.completeMultipartUpload(bucket, key, uploadId, parts));
  } catch (error) {
    if (isUploadGone(error)) {
      const found = await client.statObject(bucket, key).catch(() => undefined);
      if (found?.size === sizeBytes) return;
    }
    throw explain(error);
  }
}
