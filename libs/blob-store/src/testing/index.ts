export { type BlobStoreUnderTest, describeBlobStore } from './blob-store-contract.js';
export { findMinio } from './find-minio.js';
export { type MinioServer, startMinio } from './minio-server.js';
