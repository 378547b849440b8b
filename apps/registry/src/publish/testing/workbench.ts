import { type BlobStore, openMemoryBlobStore } from '@moda/blob-store';
import { createSigningKey, signPackage } from '@moda/module-format';
import { openSignedUrls } from '@moda/service-kit';
import type { Catalogue, VersionRecord } from '../../catalogue/catalogue.js';
import { openCatalogue } from '../../catalogue/open-catalogue.js';
import { openComposer } from '../../compose/composer.js';
import { openDownloads } from '../../download/downloads.js';
import type { Trust } from '../../keys/trust.js';
import { openParents } from '../../parents/parents.js';
import { isProblem } from '../../problem/problem.js';
import { openPublishing } from '../publishing.js';
import type { SampleModel } from './sample-model.js';

export interface WorkbenchOptions {
  readonly catalogue?: Catalogue;
  readonly blobs?: BlobStore;
  readonly trust?: Partial<Trust>;
}

export type Workbench = Awaited<ReturnType<typeof openWorkbench>>;

/** The registry's whole domain around a store and a catalogue in memory, with a clock that stands still. */
export async function openWorkbench(options: WorkbenchOptions = {}) {
  const time = { now: new Date('2026-03-01T12:00:00Z') };
  const clock = () => time.now;
  const catalogue = options.catalogue ?? (await openCatalogue({ now: clock }));
  const blobs = options.blobs ?? openMemoryBlobStore({ now: clock });
  const own = createSigningKey();
  const trust: Trust = {
    own,
    trusted: [{ publicKey: own.publicKey }],
    allowUnsigned: false,
    ...options.trust,
  };
  const urls = await openSignedUrls({
    secret: Buffer.alloc(32, 7),
    publicUrl: 'http://127.0.0.1:4002',
    clock,
  });
  const parents = openParents({ blobs });
  const failures: unknown[] = [];
  const onFailure = (error: unknown) => failures.push(error);
  const composer = openComposer({ catalogue, blobs, trust, parents, clock, onFailure });
  const parts = { catalogue, blobs, trust, urls, clock };
  return {
    ...parts,
    time,
    parents,
    composer,
    failures,
    publishing: openPublishing(parts),
    downloads: openDownloads({ ...parts, composer }),
  };
}

export interface Name {
  readonly owner: string;
  readonly model: string;
  readonly version: string;
}

/** Announces a model as its publisher would, signed with the registry's own key. */
export function announcementOf({ trust }: Pick<Workbench, 'trust'>, model: SampleModel, name: Name) {
  return {
    ...name,
    packageText: model.packageText,
    signature: signPackage(model.package, trust.own),
    by: 'ada',
  };
}

/** All three steps; throws what stands in the way. */
export async function publish(
  bench: Pick<Workbench, 'trust' | 'publishing'>,
  model: SampleModel,
  name: Name = { owner: 'ada', model: 'digits', version: '1.0.0' },
): Promise<VersionRecord> {
  const announced = await bench.publishing.announce(announcementOf(bench, model, name));
  if (isProblem(announced)) throw new Error(announced.message);
  if (announced.kind === 'released') return announced.version;
  for (const { path, digest, sizeBytes } of announced.uploads) {
    const stored = await bench.publishing.receive(
      announced.draft.id,
      digest,
      sizeBytes,
      contentOf(model.files.get(path)!),
    );
    if (isProblem(stored)) throw new Error(stored.message);
  }
  const released = await bench.publishing.release(announced.draft.id);
  if (isProblem(released)) throw new Error(released.message);
  return released.version;
}

/** Bytes in pieces of uneven size, as a network brings them. */
export async function* contentOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1021) yield bytes.subarray(at, at + 1021);
}

export async function bytesOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}
