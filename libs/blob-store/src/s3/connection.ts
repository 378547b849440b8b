import { Client } from 'minio';
import { s3Failure, isTransient } from './failure.js';
import { parseEndpoint, type S3BlobStoreOptions } from './options.js';
import { defaultRetryPolicy, type RetryPolicy, withRetries } from './retry.js';
import { createAgent, createTransport } from './transport.js';

/** A bucket and the way to it. */
export interface S3Connection {
  readonly client: Client;
  /** Only makes addresses; it sends nothing. */
  readonly publicClient: Client;
  readonly bucket: string;
  readonly retry: RetryPolicy;
  /** For messages: address and bucket. */
  readonly place: string;
  /** Sends a request that may be repeated, again where that may help, and says in words why it failed in the end. */
  readonly send: <T>(request: () => Promise<T>) => Promise<T>;
  /** What `send` would throw for an error that is not tried again. */
  readonly explain: (error: unknown) => unknown;
}

const defaultIdleTimeoutMs = 60_000;

/** @throws ModaError BLOB_STORE_INVALID */
export function connect(options: S3BlobStoreOptions): S3Connection {
  const { endpoint, publicEndpoint = endpoint, bucket } = options;
  const client = createClient(endpoint, options);
  const retry = { ...defaultRetryPolicy, ...options.retry };
  const place = `${endpoint}, bucket ${bucket}`;
  return {
    client,
    publicClient: publicEndpoint === endpoint ? client : createClient(publicEndpoint, options),
    bucket,
    retry,
    place,
    async send(request) {
      try {
        return await withRetries(retry, isTransient, request);
      } catch (error) {
        throw s3Failure(error, place);
      }
    },
    explain: (error) => s3Failure(error, place),
  };
}

function createClient(endpoint: string, options: S3BlobStoreOptions): Client {
  const { host, port, secure } = parseEndpoint(endpoint);
  const client = new Client({
    endPoint: host,
    port,
    useSSL: secure,
    accessKey: options.accessKey,
    secretKey: options.secretKey,
    sessionToken: options.sessionToken,
    // Named, or the client would ask for it first, which takes another right.
    region: options.region ?? 'us-east-1',
    pathStyle: options.pathStyle ?? true,
    transport: createTransport(secure, options.idleTimeoutMs ?? defaultIdleTimeoutMs),
    transportAgent: createAgent(secure),
    retryOptions: { disableRetry: true },
  });
  // The server then checks the SHA-256 of every body it is sent, behind TLS too.
  client.enableSHA256 = true;
  return client;
}
