import { type SigningKey, signPackage } from '@moda/module-format';
import type { SampleModel } from '../publish/testing/sample-model.js';

export type Fields = Record<string, unknown>;

/** A registry as other programs see it: an address. */
export interface Wire {
  /** Data of the answer; throws where GraphQL answers with errors. */
  ask<T = Fields>(query: string, variables?: Fields): Promise<T>;
  /** The whole answer, whatever it is. */
  post(body: string, headers?: Record<string, string>): Promise<{ status: number; body: Fields }>;
}

export function wireTo(url: string): Wire {
  const post: Wire['post'] = async (body, headers = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return { status: response.status, body: (await response.json()) as Fields };
  };
  return {
    post,
    async ask<T>(query: string, variables: Fields = {}) {
      const { body } = await post(JSON.stringify({ query, variables }));
      if (body['errors'] !== undefined) throw new Error(JSON.stringify(body['errors']));
      return body['data'] as T;
    },
  };
}

export interface Name {
  readonly owner: string;
  readonly model: string;
  readonly version: string;
}

export interface Published {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
  readonly details?: Fields;
  readonly created?: boolean;
  readonly version?: { readonly id: string; readonly reference: string; readonly digest: string };
}

const problem = '... on Problem { code message details nearest }';
const version = '{ id reference digest }';

/** Announces, uploads what is missing and releases, as a publisher does; a problem at any step is the result. */
export async function publishOver(
  { ask }: Wire,
  model: SampleModel,
  name: Name,
  key: SigningKey | undefined,
): Promise<Published> {
  const signature = key && signPackage(model.package, key);
  const { announceVersion: announced } = await ask<{ announceVersion: Published & Draft }>(
    `mutation ($input: AnnounceVersionInput!) { announceVersion(input: $input) {
      __typename ... on Draft { id uploads { path digest sizeBytes url } } ... on ModelVersion { reference } ${problem}
    } }`,
    { input: { ...name, package: model.packageText, signature } },
  );
  if (announced.__typename !== 'Draft') return announced;
  for (const { path, url } of announced.uploads) {
    const response = await fetch(url, { method: 'PUT', body: Buffer.from(model.files.get(path)!) });
    if (response.status !== 201) throw new Error(await response.text());
  }
  const { releaseVersion } = await ask<{ releaseVersion: Published }>(
    `mutation ($id: ID!) { releaseVersion(draftId: $id) { __typename ... on Release { created version ${version} } ${problem} } }`,
    { id: announced.id },
  );
  return releaseVersion;
}

interface Draft {
  readonly id: string;
  readonly uploads: readonly { readonly path: string; readonly url: string }[];
}
