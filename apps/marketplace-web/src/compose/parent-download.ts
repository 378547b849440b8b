import type { GatewayClient } from '@moda/gateway-client';
import { GatewayError } from '@moda/gateway-client';
import { z } from 'zod';
import { ParentDownloadDocument, type SignatureOfPackageFragment } from '../graphql/generated/operations';
import type { PackageCache } from './package-cache';

/** What the registry says of a model that is to be cut, and where its files lie. */
export interface ParentDownload {
  /** As it was asked for. */
  readonly reference: string;
  /** Of its package. */
  readonly digest: string;
  /** The package manifest; its sha256 is the digest. */
  readonly packageText: string;
  /** Of the package manifest, unchecked; undefined where nobody signed it. */
  readonly signature: SignatureOfPackageFragment | undefined;
  /** Text of `module.json`. */
  readonly manifestText: string;
  /** Addresses by path; they expire, so a kept answer has none. */
  readonly files: readonly { readonly path: string; readonly url: string }[];
}

const keptShape = z.object({
  reference: z.string(),
  digest: z.string(),
  packageText: z.string(),
  signature: z.object({ algorithm: z.string(), keyId: z.string(), signature: z.string() }).nullable(),
  manifestText: z.string(),
});

/**
 * Asks for a model's files. Where nobody answers, what was kept of an earlier visit does: a published version never changes.
 *
 * @throws GatewayError
 */
export async function askParent(
  reference: string,
  { gateway, cache }: { readonly gateway: Pick<GatewayClient, 'ask'>; readonly cache: PackageCache },
): Promise<ParentDownload> {
  const key = `parent/${reference}`;
  try {
    const { download } = await gateway.ask(ParentDownloadDocument, { reference });
    if (download === null || download.__typename === 'Problem')
      throw new GatewayError(
        download?.code ?? 'SUBGRAPH_UNAVAILABLE',
        download?.message ?? 'The registry does not answer; try again in a moment.',
      );
    const { digest, packageText, signature, manifestText, files } = download;
    if (digest === null || packageText === null)
      throw new GatewayError(
        'REFERENCE_INVALID',
        `${reference} is no whole model; name one without a class to compose from it.`,
      );
    const answer = { reference, digest, packageText, signature, manifestText };
    await cache.write(key, new TextEncoder().encode(JSON.stringify(answer)));
    return { ...answer, signature: signature ?? undefined, files };
  } catch (error) {
    if (!(error instanceof GatewayError) || !error.isPassing) throw error;
    const kept = await keptParent(key, cache);
    if (kept === undefined) throw error;
    return kept;
  }
}

async function keptParent(key: string, cache: PackageCache): Promise<ParentDownload | undefined> {
  const bytes = await cache.read(key);
  if (bytes === undefined) return undefined;
  try {
    const kept = keptShape.parse(JSON.parse(new TextDecoder().decode(bytes)));
    return { ...kept, signature: kept.signature ?? undefined, files: [] };
  } catch {
    return undefined;
  }
}
