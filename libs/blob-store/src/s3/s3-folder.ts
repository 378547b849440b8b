import { ModaError } from '@moda/contracts';
import { connect } from './connection.js';
import { download } from './download.js';
import { checkOptions, type S3BlobStoreOptions } from './options.js';

export interface S3File {
  /** Behind the prefix: `mnist/train-images-idx3-ubyte.gz`. */
  readonly name: string;
  readonly sizeBytes: number;
}

/**
 * Files that somebody has put into a bucket by another tool, under names of theirs; they are only read. Each method throws ModaError
 * BLOB_STORE_UNREACHABLE where the store does not answer and BLOB_STORE_REFUSED where it will not, or has no such bucket.
 */
export interface S3Folder {
  /** Those whose name begins so, in the order of their names. A name that ends in a slash is a folder of some tool, and none of them. */
  files(beginning: string): AsyncIterable<S3File>;

  /**
   * The bytes of a file, whole. A read that is cut goes on where it stopped.
   * @throws ModaError BLOB_NOT_FOUND
   */
  read(name: string): AsyncIterable<Uint8Array>;
}

/** @throws ModaError BLOB_STORE_INVALID */
export function openS3Folder(options: Omit<S3BlobStoreOptions, 'publicEndpoint'>): S3Folder {
  checkOptions(options);
  const connection = connect(options);
  const { client, bucket, place, send } = connection;
  const prefix = options.keyPrefix ?? '';
  return {
    async *files(beginning) {
      let last = '';
      for (let more = true; more;) {
        const startAfter = last;
        const answer = await send(() =>
          client.listObjectsV2Query(bucket, prefix + beginning, '', '', 1000, startAfter),
        );
        for (const { name, size } of answer.objects) {
          if (name === undefined) continue;
          last = name;
          if (!name.endsWith('/')) yield { name: name.slice(prefix.length), sizeBytes: Number(size) };
        }
        more = answer.isTruncated && last !== startAfter;
      }
    },
    read: (name) =>
      download(
        connection,
        prefix + name,
        () => new ModaError('BLOB_NOT_FOUND', `There is no ${prefix}${name} at ${place}.`, { name }),
      ),
  };
}
