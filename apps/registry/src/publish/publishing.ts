import type { BlobStore } from '@moda/blob-store';
import type { SignedUrls } from '@moda/service-kit';
import type { Catalogue, DraftRecord, VersionRecord } from '../catalogue/catalogue.js';
import type { Trust } from '../keys/trust.js';
import type { Problem } from '../problem/problem.js';
import { takeTurns } from '../turns/turns.js';
import { announce } from './announce.js';
import { checksAtOnce } from './limits.js';
import { receive } from './receive.js';
import { release } from './release.js';

export interface PublishingParts {
  readonly catalogue: Catalogue;
  readonly blobs: BlobStore;
  readonly trust: Trust;
  readonly urls: SignedUrls;
  readonly clock: () => Date;
}

export interface Announcement {
  readonly owner: string;
  readonly model: string;
  /** Semantic version without `v`. */
  readonly version: string;
  /** Canonical text of the package manifest. */
  readonly packageText: string;
  /** As it came from outside: an object, or nothing. */
  readonly signature?: unknown;
  readonly description?: string | undefined;
  readonly runId?: string | undefined;
  /** Who publishes. */
  readonly by: string;
}

/** A file that is not here yet, and the address that takes it. */
export interface Upload {
  readonly path: string;
  readonly digest: string;
  readonly sizeBytes: number;
  readonly url: string;
}

export type AnnounceOutcome =
  | { readonly kind: 'draft'; readonly draft: DraftRecord; readonly uploads: readonly Upload[] }
  /** This very package is released under this name already. */
  | { readonly kind: 'released'; readonly version: VersionRecord }
  | Problem;

export type ReceiveOutcome =
  { readonly kind: 'stored'; readonly digest: string; readonly sizeBytes: number } | Problem;

export type ReleaseResult =
  { readonly kind: 'released'; readonly version: VersionRecord; readonly created: boolean } | Problem;

/**
 * Publication in three steps: announce, upload what is missing, release. A kill at any moment loses nothing that was acknowledged and
 * shows nothing that was not released; each step can be taken again, and a draft that nobody goes on with expires.
 */
export interface Publishing {
  /** Checks all that can be known without the bytes, and protects from the collector the blobs that are here already. */
  announce(announcement: Announcement): Promise<AnnounceOutcome>;
  /** Takes one blob of a draft: exactly the announced bytes, or none. */
  receive(
    draftId: string,
    digest: string,
    sizeBytes: number,
    content: AsyncIterable<Uint8Array>,
  ): Promise<ReceiveOutcome>;
  /** Checks every byte, then makes the version visible in one transaction. A second call finds what the first made. */
  release(draftId: string): Promise<ReleaseResult>;
  abandon(draftId: string): Promise<void>;
}

export function openPublishing(parts: PublishingParts): Publishing {
  const inTurn = takeTurns(checksAtOnce);
  return {
    announce: (announcement) => announce(parts, announcement),
    receive: (draftId, digest, sizeBytes, content) => receive(parts, { draftId, digest, sizeBytes }, content),
    release: (draftId) => inTurn(() => release(parts, draftId)),
    abandon: (draftId) => parts.catalogue.abandon(draftId),
  };
}
