import type { PackageSignature } from '@moda/module-format';
import { z } from 'zod';
import { type Document, documentOf, type Problem, problemFields, problemSchema } from './document.js';

const draft = z.object({
  __typename: z.literal('Draft'),
  id: z.string(),
  expiresAt: z.string(),
  uploads: z.array(
    z.object({ path: z.string(), digest: z.string(), sizeBytes: z.int().min(0), url: z.url() }),
  ),
});

/** A version that is announced, and the blobs of it that the registry does not have. */
export type Draft = z.infer<typeof draft>;

const versionFields = z.object({ id: z.string(), reference: z.string(), digest: z.string() });
const released = versionFields.extend({ __typename: z.literal('ModelVersion') });

/** A version that everybody sees. */
export type ReleasedVersion = z.infer<typeof versionFields>;

export interface Announcement {
  readonly owner: string;
  readonly model: string;
  readonly version: string;
  /** Text of the package manifest. */
  readonly package: string;
  readonly signature: PackageSignature | undefined;
  readonly description: string | undefined;
  readonly runId: string | undefined;
}

export const announceDocument: Document<
  { readonly input: Announcement },
  { readonly announceVersion: Draft | z.infer<typeof released> | Problem }
> = documentOf(
  `mutation ($input: AnnounceVersionInput!) {
    announceVersion(input: $input) {
      __typename
      ... on Draft { id expiresAt uploads { path digest sizeBytes url } }
      ... on ModelVersion { id reference digest }
      ${problemFields}
    }
  }`,
  z.object({ announceVersion: z.union([draft, released, problemSchema]) }),
);

const release = z.object({ __typename: z.literal('Release'), version: versionFields, created: z.boolean() });

export const releaseDocument: Document<
  { readonly draftId: string },
  { readonly releaseVersion: z.infer<typeof release> | Problem }
> = documentOf(
  `mutation ($draftId: ID!) {
    releaseVersion(draftId: $draftId) {
      __typename ... on Release { version { id reference digest } created } ${problemFields}
    }
  }`,
  z.object({ releaseVersion: z.union([release, problemSchema]) }),
);

const alias = z.object({ __typename: z.literal('Alias') });

export interface AliasChange {
  readonly owner: string;
  readonly model: string;
  readonly alias: string;
  /** The version. */
  readonly to: string;
  readonly reason: string | undefined;
}

export const moveAliasDocument: Document<
  AliasChange,
  { readonly moveAlias: z.infer<typeof alias> | Problem }
> = documentOf(
  `mutation ($owner: String!, $model: String!, $alias: String!, $to: String!, $reason: String) {
    moveAlias(owner: $owner, model: $model, alias: $alias, to: $to, reason: $reason) { __typename ${problemFields} }
  }`,
  z.object({ moveAlias: z.union([alias, problemSchema]) }),
);
