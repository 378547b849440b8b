import type { Derivation, PackageSignature } from '@moda/module-format';
import { z } from 'zod';
import { type Document, documentOf, type Problem, problemFields, problemSchema } from './document.js';

const derivation: z.ZodType<Derivation> = z.object({
  method: z.literal('cut/1'),
  parent: z.string(),
  rates: z.string(),
  classes: z.array(z.int().min(0)),
  tau: z.number(),
});

const signature: z.ZodType<PackageSignature> = z.object({
  algorithm: z.literal('ed25519'),
  keyId: z.string(),
  signature: z.string(),
});

const versionState = z.enum(['released', 'deprecated', 'yanked']);

const resolved = z.object({
  __typename: z.literal('Resolved'),
  version: z.object({
    id: z.string(),
    reference: z.string(),
    version: z.string(),
    digest: z.string(),
    state: versionState,
    stateMessage: z.string().nullish(),
  }),
  classes: z.array(z.int().min(0)).nullish(),
  tau: z.number(),
});

/** What a reference means now. */
export type Resolved = z.infer<typeof resolved>;

export const resolveDocument: Document<
  { readonly reference: string; readonly tau: number | undefined },
  { readonly resolve: Resolved | Problem }
> = documentOf(
  `query ($reference: String!, $tau: Float) {
    resolve(reference: $reference, tau: $tau) {
      __typename
      ... on Resolved { version { id reference version digest state stateMessage } classes tau }
      ${problemFields}
    }
  }`,
  z.object({ resolve: z.union([resolved, problemSchema]) }),
);

const offer = z.object({
  __typename: z.literal('Download'),
  digest: z.string().nullish(),
  derivation: derivation.nullish(),
  packageText: z.string().nullish(),
  signature: signature.nullish(),
  manifestText: z.string(),
  files: z.array(
    z.object({
      path: z.string(),
      digest: z.string().nullish(),
      sizeBytes: z.int().min(0),
      url: z.url(),
      supportsRanges: z.boolean(),
    }),
  ),
  expiresAt: z.string(),
  ticket: z.string(),
});

/** The files of a package with their addresses. */
export type DownloadOffer = z.infer<typeof offer>;

/** What can be had: something with a name, or a package by its digest. */
export type DownloadTarget =
  { readonly reference: string; readonly tau?: number | undefined } | { readonly digest: string };

export const downloadDocument: Document<DownloadTarget, { readonly download: DownloadOffer | Problem }> =
  documentOf(
    `query ($reference: String, $digest: String, $tau: Float) {
    download(reference: $reference, digest: $digest, tau: $tau) {
      __typename
      ... on Download {
        digest
        derivation { method parent rates classes tau }
        packageText
        signature { algorithm keyId signature }
        manifestText
        files { path digest sizeBytes url supportsRanges }
        expiresAt
        ticket
      }
      ${problemFields}
    }
  }`,
    z.object({ download: z.union([offer, problemSchema]) }),
  );

const composed = z.object({
  __typename: z.literal('Composition'),
  id: z.string(),
  digest: z.string().nullish(),
});

export const composeDocument: Document<
  { readonly reference: string; readonly tau: number | undefined },
  { readonly compose: z.infer<typeof composed> | Problem }
> = documentOf(
  `mutation ($reference: String, $tau: Float) {
    compose(reference: $reference, tau: $tau) { __typename ... on Composition { id digest } ${problemFields} }
  }`,
  z.object({ compose: z.union([composed, problemSchema]) }),
);

const confirmed = z.object({ __typename: z.literal('DownloadConfirmation'), first: z.boolean() });

export const confirmDocument: Document<
  { readonly ticket: string; readonly client: { readonly id: string; readonly ci: boolean } },
  { readonly confirmDownload: z.infer<typeof confirmed> | Problem }
> = documentOf(
  `mutation ($ticket: String!, $client: ClientInput!) {
    confirmDownload(ticket: $ticket, client: $client) {
      __typename ... on DownloadConfirmation { first } ${problemFields}
    }
  }`,
  z.object({ confirmDownload: z.union([confirmed, problemSchema]) }),
);
