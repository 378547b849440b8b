import { type BlobStore, type MemoryBlob, openMemoryBlobStore } from '@moda/blob-store';
import { openMemoryDatabase } from '@moda/service-kit/testing';
import { migrations } from '../../runs/migrations.js';
import { runStoreOn } from '../../runs/open-run-store.js';
import type { RunStore } from '../../runs/run-store.js';
import { sampleRequest } from '../../runs/testing/sample-request.js';
import { type ArchiveBlobs, openArchiveBlobs } from '../archive-blobs.js';
import { openRunArchive } from '../open-run-archive.js';
import type { RunArchive } from '../run-archive.js';

/** An archive that is gone with the process, and a clock that can be moved. */
export interface MemoryArchive {
  readonly archive: RunArchive;
  readonly blobs: ArchiveBlobs;
  /** Digests of what the blob store has. */
  stored(): string[];
  readonly store: RunStore;
  newRun(): Promise<string>;
  later(ms: number): void;
  close(): Promise<void>;
}

/** @param wrap puts something between the archive and its blobs */
export async function openMemoryArchive(
  wrap: (blobs: BlobStore) => BlobStore = (blobs) => blobs,
): Promise<MemoryArchive> {
  const now = { value: new Date('2026-03-01T12:00:00Z') };
  const clock = () => now.value;
  const kept = new Map<string, MemoryBlob>();
  const database = await openMemoryDatabase(migrations);
  const store = runStoreOn(database, clock);
  const blobs = openArchiveBlobs({
    database,
    blobs: wrap(openMemoryBlobStore({ blobs: kept, now: clock })),
    clock,
  });
  return {
    archive: openRunArchive({ database, blobs, clock }),
    blobs,
    stored: () => [...kept.keys()].map((hex) => `sha256:${hex}`).sort(),
    store,
    newRun: async () => {
      const outcome = await store.submit(sampleRequest());
      if (outcome.kind !== 'submitted') throw new Error(outcome.kind);
      return outcome.run.id;
    },
    later: (ms) => (now.value = new Date(now.value.getTime() + ms)),
    close: () => store.close(),
  };
}
