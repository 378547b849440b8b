import type { BlobStore } from '@moda/blob-store';
import type { Derivation, PackageSignature } from '@moda/module-format';
import type { SignedUrls } from '@moda/service-kit';
import type { Catalogue, CompositionRecord, VersionRecord } from '../catalogue/catalogue.js';
import type { Composer } from '../compose/composer.js';
import type { Problem } from '../problem/problem.js';
import { confirmDownload } from './confirm-download.js';
import { download } from './download.js';
import { resolveReference } from './resolve-reference.js';

export interface DownloadParts {
  readonly catalogue: Catalogue;
  readonly blobs: BlobStore;
  readonly composer: Pick<Composer, 'plan'>;
  readonly urls: SignedUrls;
  readonly clock: () => Date;
}

/** What a reference means now. */
export interface Resolved {
  readonly kind: 'resolved';
  readonly version: VersionRecord;
  /** Output positions, ascending; undefined for the whole model. */
  readonly classes: readonly number[] | undefined;
  readonly tau: number;
  /** If these classes were asked for before. */
  readonly composition: CompositionRecord | undefined;
}

export interface DownloadTarget {
  /** `owner/model/cat,dog@1.2.0`. */
  readonly reference?: string | undefined;
  /** Of a version, of a composition or of a derivation; instead of a reference. */
  readonly digest?: string | undefined;
  /** For classes; the version's own where left out. */
  readonly tau?: number | undefined;
  readonly include?: 'all' | 'weights' | 'noWeights' | undefined;
}

export interface DownloadFile {
  readonly path: string;
  /** Undefined for weights that are cut while they are read. */
  readonly digest: string | undefined;
  readonly sizeBytes: number;
  readonly url: string;
  readonly supportsRanges: boolean;
}

/** Where the bytes of a package are, for anybody who has the addresses. */
export interface Download {
  readonly kind: 'download';
  /** Of the package; undefined until it was cut. */
  readonly digest: string | undefined;
  /** For a set of classes. */
  readonly derivation: Derivation | undefined;
  /** The package manifest, canonical; undefined until it was cut. */
  readonly packageText: string | undefined;
  readonly signature: PackageSignature | undefined;
  /** Text of `module.json`. */
  readonly manifestText: string;
  readonly files: readonly DownloadFile[];
  readonly expiresAt: Date;
  /** For `confirm`, once the weights are there; empty where no weights are asked for. */
  readonly ticket: string;
}

export type ConfirmOutcome = { readonly kind: 'counted'; readonly first: boolean } | Problem;

/** From names to addresses of bytes. */
export interface Downloads {
  resolve(reference: string, tau?: number): Promise<Resolved | Problem>;
  download(target: DownloadTarget): Promise<Download | Problem>;
  /** Counts a use of weights: once a client, version and day, and never for machines that test. */
  confirm(ticket: string, client: { readonly id: string; readonly ci: boolean }): Promise<ConfirmOutcome>;
}

export function openDownloads(parts: DownloadParts): Downloads {
  return {
    resolve: (reference, tau) => resolveReference(parts.catalogue, reference, tau),
    download: (target) => download(parts, target),
    confirm: (ticket, client) => confirmDownload(parts, ticket, client),
  };
}
