export { type BlobStoreUnderTest, describeBlobStore } from './blob-store-contract.js';
export { type FaultyProxy, startFaultyProxy } from './faulty-proxy.js';
export { fillBucket } from './fill-bucket.js';
export { findMinio } from './find-minio.js';
export { type MinioServer, startMinio } from './minio-server.js';
