import type { GatewayClient } from '@moda/gateway-client';
import { queryOptions } from '@tanstack/react-query';
import {
  AliasMovesDocument,
  DownloadAddressesDocument,
  type PageVersionFragment,
  SignedPackageDocument,
  VersionPageDocument,
} from '../graphql/generated/operations';
import { missing, unlessRefused } from '../gateway/refusal';
import type { SignedOffer } from '../signature/check-signature';

export interface PageVersion extends PageVersionFragment {
  /** Why parts of it are missing: a service is away while the rest stands. */
  readonly failure?: {
    readonly code: string;
    readonly message: string;
    readonly traceId?: string | undefined;
  };
}

export type PageModule = NonNullable<PageVersion['modules']>[number];

export interface VersionPlace {
  readonly owner: string;
  readonly model: string;
  /** A version or an alias; the newest where it is left out. */
  readonly selector?: string | null | undefined;
}

/** A service that is restarted is back within seconds (ms). */
const askAgainAfterMs = 5_000;

/** Addresses of files open for hours; half an hour is well within that (ms). */
const addressesFreshForMs = 1_800_000;

/** Everything that the page of a version shows; parts of it are null where a service is away. Null where there is no such version. */
export function pageVersion(client: GatewayClient, { owner, model, selector }: VersionPlace) {
  return queryOptions({
    queryKey: ['version', owner, model, selector ?? null],
    queryFn: async ({ signal }): Promise<PageVersion | null> => {
      const variables = { owner, model, selector: selector ?? null };
      const { data, errors } = await client.askPartly(VersionPageDocument, variables, signal);
      const [failure] = errors;
      // A part that failed leaves its own place empty; the version itself is what the page is about.
      if (data?.version == null && failure !== undefined) throw failure;
      if (data?.version == null || failure === undefined) return data?.version ?? null;
      const { code, message, traceId } = failure;
      return { ...data.version, failure: { code, message, traceId } };
    },
    refetchInterval: ({ state }) => (state.data?.failure === undefined ? false : askAgainAfterMs),
  });
}

/** Where an alias has been. */
export function aliasMoves(client: GatewayClient, owner: string, model: string, alias: string) {
  return queryOptions({
    queryKey: ['aliasMoves', owner, model, alias],
    queryFn: async ({ signal }) =>
      (await client.ask(AliasMovesDocument, { owner, model, alias }, signal)).model?.aliasHistory ?? [],
  });
}

/** Where the files of a model, a module or a composition are read. */
export function downloadAddresses(client: GatewayClient, reference: string, tau: number | undefined) {
  return queryOptions({
    queryKey: ['download', reference, tau ?? null],
    queryFn: async ({ signal }) =>
      unlessRefused(
        (await client.ask(DownloadAddressesDocument, { reference, tau: tau ?? null }, signal)).download,
      ),
    staleTime: addressesFreshForMs,
  });
}

/** The package of a published version with its signature, neither of them checked. */
export function signedPackage(client: GatewayClient, reference: string) {
  return queryOptions({
    queryKey: ['signedPackage', reference],
    queryFn: async ({ signal }): Promise<SignedOffer> => {
      const answer = await client.ask(SignedPackageDocument, { reference }, signal);
      const { digest, packageText, signature } = unlessRefused(answer.download);
      if (digest === null || packageText === null) return missing();
      return { digest, packageText, signature: signature ?? undefined };
    },
    staleTime: Infinity,
  });
}

/** The module of a class that is named, or numbered, in an address. */
export function moduleNamed(version: PageVersion, className: string): PageModule | undefined {
  const modules = version.modules ?? [];
  return (
    modules.find((module) => module.className === className) ??
    modules.find(({ classIndex }) => String(classIndex) === className)
  );
}
