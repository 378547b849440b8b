import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const file = join(import.meta.dirname, '..', '..', '..', '..', 'k8s', 'components', 'training', 'role.yaml');

interface Role {
  readonly kind: string;
  readonly rules: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
  }[];
}

/**
 * What the Role of the training service grants: `<verb> <group>/<resource>`, sorted. That it is just what the service asks of an API server
 * is shown by the suite of its rights, where it is at work with this Role (apps/training/src/cluster/cluster-rights.e2e.ts).
 */
export async function roleRights(): Promise<string[]> {
  const documents = parseAllDocuments(await readFile(file, 'utf8')).map((each) => each.toJS() as Role);
  const rules = documents.flatMap(({ kind, rules }) => (kind === 'Role' ? rules : []));
  return rules
    .flatMap(({ apiGroups, resources, verbs }) =>
      verbs.flatMap((verb) =>
        apiGroups.flatMap((group) =>
          resources.map((resource) => `${verb} ${[group, resource].filter(Boolean).join('/')}`),
        ),
      ),
    )
    .sort();
}
