import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kubectl } from '../control-plane/kubectl.js';
import { type ApiDocument, jsonSchemasOf } from './json-schemas.js';

/** How kubeconform finds the file of a kind. */
export const schemaFile = '{{.Group}}_{{.ResourceAPIVersion}}_{{.ResourceKind}}.json';

/** Writes what the API server itself says of all that it has, Kueue's kinds among it, as kubeconform reads it. */
export async function writeSchemas(kubectl: Kubectl, folder: string): Promise<void> {
  const { paths } = JSON.parse((await kubectl(['get', '--raw', '/openapi/v3'])).stdout) as {
    readonly paths: Readonly<Record<string, { readonly serverRelativeURL: string }>>;
  };
  await mkdir(folder, { recursive: true });
  for (const [path, { serverRelativeURL }] of Object.entries(paths)) {
    const { group = '', version } =
      /^(?:api|apis\/(?<group>[^/]+))\/(?<version>v\w+)$/.exec(path)?.groups ?? {};
    if (version === undefined) continue;
    const { stdout } = await kubectl(['get', '--raw', serverRelativeURL]);
    for (const [name, schema] of jsonSchemasOf(group, version, JSON.parse(stdout) as ApiDocument))
      await writeFile(join(folder, name), JSON.stringify(schema));
  }
}
