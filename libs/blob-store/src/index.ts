export type {
  BlobContent,
  BlobEntry,
  BlobPage,
  BlobStat,
  BlobStore,
  ByteRange,
  ListOptions,
  PutOptions,
  StoredBlob,
} from './blob-store.js';
export { type Digest, digestOf, isDigest, parseDigest } from './digest.js';
export {
  type FilesystemBlobStore,
  type FilesystemBlobStoreOptions,
  openFilesystemBlobStore,
} from './filesystem/filesystem-blob-store.js';
export {
  type MemoryBlob,
  type MemoryBlobStoreOptions,
  openMemoryBlobStore,
} from './memory/memory-blob-store.js';
export { allBlobs, maxPageSize } from './page.js';
export { readBlob } from './read-blob.js';
export type { S3BlobStoreOptions } from './s3/options.js';
export type { RetryPolicy } from './s3/retry.js';
export { openS3BlobStore, type S3BlobStore } from './s3/s3-blob-store.js';
export { openS3Folder, type S3File, type S3Folder } from './s3/s3-folder.js';
