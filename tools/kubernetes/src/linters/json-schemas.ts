/** A schema of OpenAPI 3, which is one of JSON but for where others of it lie. */
export type Schema = Readonly<Record<string, unknown>>;

/** What an API server says of one group and version. */
export interface ApiDocument {
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

interface KindName {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

const anywhere = '#/components/schemas/';

/**
 * A JSON schema for every kind that a group and version has, under the name of its file (`batch_v1_job.json`, and `v1_v1_pod.json` as
 * kubeconform takes the group without a name). An object may have the fields
 * that are named, and no others, unless its schema says that it may have any.
 */
export function jsonSchemasOf(
  group: string,
  version: string,
  document: ApiDocument,
): ReadonlyMap<string, Schema> {
  const all = document.components?.schemas ?? {};
  const files = new Map<string, Schema>();
  for (const [name, schema] of Object.entries(all)) {
    const kinds = (schema['x-kubernetes-group-version-kind'] ?? []) as readonly KindName[];
    for (const { kind, ...of } of kinds)
      if (of.group === group && of.version === version)
        files.set(`${group || version}_${version}_${kind.toLowerCase()}.json`, {
          $ref: `#/definitions/${name}`,
          definitions: Object.fromEntries(
            [...namesUsed(all, name)].map((used) => [used, strict(all[used]) as Schema]),
          ),
        });
  }
  return files;
}

/** The schema and all that it leads to. */
function namesUsed(all: Readonly<Record<string, Schema>>, start: string): ReadonlySet<string> {
  const used = new Set([start]);
  // What is added while it is gone through is gone through, too.
  for (const name of used)
    for (const [, next] of JSON.stringify(all[name]).matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      if (next !== undefined) used.add(next);
  return used;
}

function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (!isObject(schema)) return schema;
  const { $ref, properties, ...others } = schema;
  const open = 'additionalProperties' in others || others['x-kubernetes-preserve-unknown-fields'] === true;
  return {
    ...mapValues(others, strict),
    ...(typeof $ref === 'string' ? { $ref: $ref.replace(anywhere, '#/definitions/') } : {}),
    // Names of fields, which may be those of keywords.
    ...(isObject(properties) ? { properties: mapValues(properties, strict) } : {}),
    ...(isObject(properties) && !open ? { additionalProperties: false } : {}),
  };
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}

function mapValues(object: Schema, change: (value: unknown) => unknown): Schema {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
