import { join } from 'node:path';
import { ModaError } from '@moda/contracts';
import {
  packageDigest,
  type PackageManifest,
  serialisePackage,
  type SigningKey,
  signPackage,
} from '@moda/module-format';
import pLimit from 'p-limit';
import { packFolder } from '../package/pack-folder.js';
import { parseReference } from '../reference/parse-reference.js';
import type { Draft } from '../registry/publish-documents.js';
import type { RegistryClient } from '../registry/registry-client.js';
import { licenseFolder } from './license-folder.js';
import { uploadBlob } from './upload-blob.js';

export interface PublishOptions {
  readonly client: RegistryClient;
  readonly folder: string;
  /** `owner/model@version` */
  readonly reference: string;
  /** SPDX identifier; written into the folder. */
  readonly license?: string | undefined;
  readonly description?: string | undefined;
  /** An alias that names the version from now on. */
  readonly alias?: string | undefined;
  /** The training run it came from. */
  readonly runId?: string | undefined;
  /** Undefined: the package is not signed. */
  readonly signingKey: SigningKey | undefined;
  readonly onProgress?:
    ((progress: { readonly doneBytes: number; readonly totalBytes: number }) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Published {
  /** `owner/model@version` */
  readonly reference: string;
  readonly digest: string;
  /** False where this very package was released before. */
  readonly created: boolean;
  readonly license: string;
  readonly signedBy: string | undefined;
  readonly alias: string | undefined;
  readonly files: number;
  readonly sizeBytes: number;
  /** What was sent; the rest was there. */
  readonly uploadedBytes: number;
}

/** Uploads at a time. */
const lanes = 4;

/**
 * Publishes a model folder: packs and signs it, sends the files that the registry does not have, and releases the version. A publication
 * that was cut is finished by the same call.
 *
 * @throws ModaError LICENSE_MISSING, MODEL_INVALID, VERSION_TAKEN, and what the registry refuses
 */
export async function publishFolder(options: PublishOptions): Promise<Published> {
  const { client, folder, signingKey, alias, description, runId } = options;
  const { owner, model, version } = parseRelease(options.reference);
  const { license = '' } = await licenseFolder(folder, options.license);
  const manifest = await packFolder(folder);
  const signature = signingKey ? signPackage(manifest, signingKey) : undefined;
  const announcement = {
    owner,
    model,
    version,
    package: serialisePackage(manifest),
    signature,
    description,
    runId,
  };
  const announced = await client.announce(announcement);
  let created = false;
  let uploadedBytes = 0;
  if (announced.kind === 'draft') {
    uploadedBytes = await uploadAll(announced.draft, manifest, options);
    created = (await client.release(announced.draft.id)).created;
  }
  if (alias !== undefined) await client.moveAlias({ owner, model, alias, to: version, reason: undefined });
  return {
    reference: `${owner}/${model}@${version}`,
    digest: packageDigest(manifest),
    created,
    license,
    signedBy: signature?.keyId,
    alias,
    files: manifest.files.length,
    sizeBytes: manifest.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    uploadedBytes,
  };
}

/** @throws ModaError REFERENCE_INVALID */
function parseRelease(text: string): {
  readonly owner: string;
  readonly model: string;
  readonly version: string;
} {
  const { owner, model, classes, selector } = parseReference(text);
  if (selector.kind === 'version' && classes.length === 0) return { owner, model, version: selector.version };
  throw new ModaError(
    'REFERENCE_INVALID',
    `${JSON.stringify(text)} names no release; write owner/model@version, as in ada/digits@1.0.0.`,
    { reference: text },
  );
}

async function uploadAll(
  { uploads }: Draft,
  { files }: PackageManifest,
  { folder, onProgress, signal }: PublishOptions,
): Promise<number> {
  const totalBytes = uploads.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let doneBytes = 0;
  const onBytes = (count: number): void => {
    doneBytes += count;
    onProgress?.({ doneBytes, totalBytes });
  };
  onBytes(0);
  const failed = new AbortController();
  const ended = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const limit = pLimit(lanes);
  let failure: { readonly error: unknown } | undefined;
  await Promise.all(
    uploads.map((upload) =>
      limit(async () => {
        if (failure) return;
        try {
          // The registry names a file of the package; nothing else of this machine is ever sent.
          const file = files.find(({ digest }) => digest === upload.digest);
          if (!file)
            throw new ModaError(
              'REGISTRY_ANSWER_INVALID',
              'The registry asks for a file that is not of this package.',
            );
          const { path, sizeBytes } = file;
          await uploadBlob(
            { file: join(folder, path), path, sizeBytes, url: upload.url },
            { signal: ended, onBytes },
          );
        } catch (error) {
          failure ??= { error };
          failed.abort();
        }
      }),
    ),
  );
  if (signal?.aborted)
    throw new ModaError(
      'INTERRUPTED',
      'Interrupted before it was done; run the same command again to go on.',
    );
  if (failure) throw failure.error;
  return totalBytes;
}
