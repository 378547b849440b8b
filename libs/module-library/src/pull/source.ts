import { ModaError } from '@moda/contracts';
import type { PackageManifest, PackageSignature } from '@moda/module-format';
import type { DownloadTarget } from '../registry/download-documents.js';
import type { RegistryClient } from '../registry/registry-client.js';
import type { Asked } from './check-offer.js';

/** Where the bytes are, asked for again where addresses have expired. */
export interface Source {
  readonly client: RegistryClient;
  readonly target: DownloadTarget;
  readonly asked: Asked;
}

export interface SignedPackage {
  readonly manifest: PackageManifest;
  readonly digest: string;
  readonly signature: PackageSignature | undefined;
}

/** The sentence for bytes that the registry did not promise. */
export function damaged(fact: string): ModaError {
  return new ModaError(
    'DOWNLOAD_DAMAGED',
    `What was downloaded is not what was promised: ${fact}; nothing was kept.`,
  );
}
