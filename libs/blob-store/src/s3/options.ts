import { ModaError } from '@moda/contracts';
import type { RetryPolicy } from './retry.js';

export interface S3BlobStoreOptions {
  /** `https://s3.example.org` or `http://127.0.0.1:9000`: scheme, host and port, nothing behind. */
  readonly endpoint: string;
  /** Made where it is absent. */
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly sessionToken?: string;
  /** `us-east-1` if left out. */
  readonly region?: string;
  /** Put before every key, so that a bucket may hold other things too: `moda/`. */
  readonly keyPrefix?: string;
  /** Buckets as the first part of the path (the default) or of the host name. */
  readonly pathStyle?: boolean;
  /** Where presigned addresses point, if readers reach the store by another name than this process. */
  readonly publicEndpoint?: string;
  /** Content that is longer goes up in parts of this size, 5 MiB at least (a rule of S3); 16 MiB if left out. */
  readonly partSizeBytes?: number;
  /** Parts under way at one time; with the part size it bounds the memory of a put. 4 if left out. */
  readonly partsInFlight?: number;
  readonly retry?: Partial<RetryPolicy>;
  /** A connection that is silent for so long is given up (ms); a minute if left out. */
  readonly idleTimeoutMs?: number;
  /** Where content longer than a part waits until its digest is known; the system's temporary folder if left out. */
  readonly temporaryFolder?: string;
}

export interface S3Endpoint {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

/** Rules of S3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const minPartBytes = 5 * 2 ** 20;
export const maxPartBytes = 5 * 2 ** 30;
export const maxParts = 10_000;
/** One server-side copy moves at most so much. */
export const maxCopyBytes = 5 * 2 ** 30;

export const defaultPartBytes = 16 * 2 ** 20;
export const defaultPartsInFlight = 4;

/** @throws ModaError BLOB_STORE_INVALID */
export function parseEndpoint(text: string): S3Endpoint {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    url === undefined ||
    !['http:', 'https:'].includes(url.protocol) ||
    url.pathname !== '/' ||
    url.search + url.hash + url.username + url.password !== ''
  )
    throw invalid(
      `${JSON.stringify(text)} is no address of an S3 store; give scheme, host and port, as in http://127.0.0.1:9000.`,
    );
  const secure = url.protocol === 'https:';
  return {
    // Brackets belong to the address of the sixth version in a URL only.
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    secure,
  };
}

/** @throws ModaError BLOB_STORE_INVALID */
export function checkOptions(options: S3BlobStoreOptions): void {
  const { bucket, accessKey, secretKey, keyPrefix = '' } = options;
  const { partSizeBytes = defaultPartBytes, partsInFlight = defaultPartsInFlight } = options;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw invalid(
      `${JSON.stringify(bucket)} is no name of a bucket; give 3 to 63 lower-case letters, digits, dots and hyphens.`,
    );
  if (accessKey === '' || secretKey === '')
    throw invalid('An S3 store needs an access key and a secret key; give both.');
  if (!/^(?:[\w.-]+\/)*$/.test(keyPrefix) || keyPrefix.split('/').some((part) => /^\.+$/.test(part)))
    throw invalid(
      `${JSON.stringify(keyPrefix)} cannot stand before keys; give nothing, or names that each end in a slash, as in moda/.`,
    );
  if (!(
    Number.isSafeInteger(partSizeBytes) &&
    partSizeBytes >= minPartBytes &&
    partSizeBytes <= maxPartBytes
  ))
    throw invalid(`A part cannot have ${partSizeBytes} bytes; S3 takes ${minPartBytes} to ${maxPartBytes}.`);
  if (!(Number.isSafeInteger(partsInFlight) && partsInFlight >= 1))
    throw invalid(`There cannot be ${partsInFlight} parts under way; give 1 or more.`);
}

function invalid(message: string): ModaError {
  return new ModaError('BLOB_STORE_INVALID', message);
}
