import { createHash } from 'node:crypto';
import type { SyntheticModel } from './synthetic-model.js';

/** Asks a GraphQL endpoint for data of the form that the question has; an answer with errors is thrown with their texts. */
export async function ask<Data>(
  url: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data: Data; errors?: readonly { message: string }[] };
  if (answer.errors !== undefined) throw new Error(answer.errors.map(({ message }) => message).join('; '));
  return answer.data;
}

interface ProblemAnswer {
  readonly __typename: 'Problem';
  readonly code: string;
  readonly message: string;
}

interface AnnounceAnswer {
  readonly announceVersion:
    | {
        readonly __typename: 'Draft';
        readonly id: string;
        readonly uploads: readonly { readonly path: string; readonly digest: string; readonly url: string }[];
      }
    | { readonly __typename: 'ModelVersion'; readonly digest: string }
    | ProblemAnswer;
}

interface ReleaseAnswer {
  readonly releaseVersion:
    | {
        readonly __typename: 'Release';
        readonly created: boolean;
        readonly version: { readonly digest: string };
      }
    | ProblemAnswer;
}

interface DownloadAnswer {
  readonly download:
    | {
        readonly __typename: 'Download';
        readonly packageText: string;
        readonly files: readonly {
          readonly path: string;
          readonly digest: string;
          readonly sizeBytes: number;
          readonly url: string;
        }[];
      }
    | ProblemAnswer;
}

interface PageAnswer {
  readonly searchModels: {
    readonly edges: readonly { readonly node: { readonly digest: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** What came of a publication: the digest of what now has the name, or the code of a refusal. */
export type Published =
  | { readonly kind: 'released'; readonly digest: string; readonly created: boolean }
  | { readonly kind: 'refused'; readonly code: string };

export interface PublishOptions {
  readonly owner: string;
  readonly model: string;
  readonly version: string;
}

const announce = `mutation ($input: AnnounceVersionInput!) { announceVersion(input: $input) {
  __typename
  ... on Draft { id uploads { path digest url } }
  ... on ModelVersion { digest }
  ... on Problem { code message }
} }`;

const release = `mutation ($id: ID!) { releaseVersion(draftId: $id) {
  __typename
  ... on Release { created version { digest } }
  ... on Problem { code message }
} }`;

/** Publishes a package as any client would: announce, upload what is missing, release. */
export async function publish(
  url: string,
  name: PublishOptions,
  model: SyntheticModel,
  packageText: string,
): Promise<Published> {
  const { announceVersion: draft } = await ask<AnnounceAnswer>(url, announce, {
    input: { ...name, package: packageText },
  });
  if (draft.__typename === 'Problem') return { kind: 'refused', code: draft.code };
  if (draft.__typename === 'ModelVersion') return { kind: 'released', digest: draft.digest, created: false };
  for (const { path, url: address } of draft.uploads) {
    const body = model.files.get(path) as Uint8Array<ArrayBuffer>;
    const response = await fetch(address, { method: 'PUT', body });
    if (!response.ok) throw new Error(`PUT ${path}: ${response.status} ${await response.text()}`);
  }
  const { releaseVersion: result } = await ask<ReleaseAnswer>(url, release, { id: draft.id });
  if (result.__typename === 'Problem') return { kind: 'refused', code: result.code };
  return { kind: 'released', digest: result.version.digest, created: result.created };
}

const downloadOf = `query ($digest: String!) { download(digest: $digest) {
  __typename
  ... on Download { digest packageText files { path digest sizeBytes url } }
  ... on Problem { code message }
} }`;

/** Downloads every file of a package and checks sizes and digests, the package's own too. Throws where something is wrong. */
export async function fetchAndCheck(url: string, digest: string): Promise<readonly string[]> {
  const { download } = await ask<DownloadAnswer>(url, downloadOf, { digest });
  if (download.__typename === 'Problem') throw new Error(`${digest}: ${download.code} ${download.message}`);
  const found = sha256Of(new TextEncoder().encode(download.packageText));
  if (found !== digest) throw new Error(`the package text of ${digest} has the digest ${found}`);
  const digests = [digest];
  for (const file of download.files) {
    const response = await fetch(file.url);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (!response.ok) throw new Error(`GET ${file.path} of ${digest}: ${response.status}`);
    if (bytes.length !== file.sizeBytes || sha256Of(bytes) !== file.digest)
      throw new Error(`${file.path} of ${digest} is damaged`);
    digests.push(file.digest);
  }
  return digests;
}

const page = `query ($after: String) { searchModels(criteria: { everyVersion: true }, first: 100, after: $after) {
  edges { node { digest version } } pageInfo { hasNextPage endCursor }
} }`;

/** The digest of every version that can be found. */
export async function everyDigest(url: string): Promise<readonly string[]> {
  const digests: string[] = [];
  for (let after: string | null = null; ;) {
    const { searchModels }: PageAnswer = await ask<PageAnswer>(url, page, { after });
    digests.push(...searchModels.edges.map(({ node }) => node.digest));
    if (!searchModels.pageInfo.hasNextPage) return digests;
    after = searchModels.pageInfo.endCursor;
  }
}

export function sha256Of(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
