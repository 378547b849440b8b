import { Client } from 'minio';
import type { MinioServer } from './minio-server.js';

/** Puts files into a bucket under names of their own, as people do with a tool of theirs. The bucket is made where it is absent. */
export async function fillBucket(
  { accessKey, endpoint, secretKey }: Pick<MinioServer, 'accessKey' | 'endpoint' | 'secretKey'>,
  bucket: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<void> {
  const { hostname, port } = new URL(endpoint);
  const client = new Client({ endPoint: hostname, port: Number(port), useSSL: false, accessKey, secretKey });
  if (!(await client.bucketExists(bucket))) await client.makeBucket(bucket);
  for (const [name, content] of Object.entries(files))
    await client.putObject(bucket, name, Buffer.from(content));
}
