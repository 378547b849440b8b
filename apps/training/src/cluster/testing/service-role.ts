import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlPlane } from '@moda/kubernetes';

const overlay = join(import.meta.dirname, '..', '..', '..', '..', '..', 'k8s', 'overlays', 'prod');
const namespace = 'moda';
const account = { namespace, name: 'moda-training' } as const;
const user = `system:serviceaccount:${namespace}:${account.name}`;
const patienceMs = 60_000;

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

interface KubeObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly rules?: readonly Rule[];
  readonly status?: { readonly allowed?: boolean };
}

/** The account of the training service, with its Role as an overlay puts both on a cluster and with no other right. */
export class ServiceRole {
  private constructor(
    private readonly plane: ControlPlane,
    /** For a client that is the service. */
    readonly kubeconfig: string,
    /** All that the Role grants: `<verb> <group>/<resource>`, sorted. */
    readonly rights: readonly string[],
  ) {}

  /** Its namespace has to be there. */
  static async apply(plane: ControlPlane): Promise<ServiceRole> {
    const { stdout: yaml } = await plane.kubectl(['kustomize', overlay]);
    const { stdout: list } = await plane.kubectl(
      ['create', '--dry-run=client', '-o', 'json', '-f', '-'],
      yaml,
    );
    const kinds = ['ServiceAccount', 'Role', 'RoleBinding'];
    const items = objectsIn(list).filter(
      ({ kind, metadata }) => kinds.includes(kind) && metadata.name === account.name,
    );
    await plane.kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    const rights = items.flatMap(({ rules = [] }) => rules.flatMap(rightsOf)).sort();
    return new ServiceRole(plane, await plane.kubeconfigOf(account), rights);
  }

  /** Grants just these, and waits until the API server acts on it. */
  async grant(rights: readonly string[]): Promise<void> {
    const rules = rights.map(ruleOf);
    const patch = JSON.stringify([{ op: 'replace', path: '/rules', value: rules }]);
    await this.plane.kubectl(['-n', namespace, 'patch', 'role', account.name, '--type=json', '-p', patch]);
    const wanted = this.rights.filter((right) => rights.includes(right));
    for (const deadline = Date.now() + patienceMs; ; await sleep(50)) {
      if ((await this.allowed()).join() === wanted.join()) return;
      if (Date.now() > deadline) throw new Error('The API server does not act on the Role.');
    }
  }

  /** What the service has asked for so far, in its order. */
  async asked(): Promise<
    readonly { readonly right: string; readonly namespace: string; readonly allowed: boolean }[]
  > {
    const requests = (await this.plane.requests()).filter((request) => request.user === user);
    return requests.map(({ verb, resource, namespace, allowed }) => ({
      right: `${verb} ${resource}`,
      namespace,
      allowed,
    }));
  }

  /** Of the rights of the Role those that the API server grants now. */
  private async allowed(): Promise<readonly string[]> {
    const items = this.rights.map((right) => {
      const { apiGroups, resources, verbs } = ruleOf(right);
      const resourceAttributes = { namespace, verb: verbs[0], group: apiGroups[0], resource: resources[0] };
      return {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SubjectAccessReview',
        spec: { user, resourceAttributes },
      };
    });
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    const { stdout } = await this.plane.kubectl(['create', '-f', '-', '-o', 'json'], list);
    return this.rights.filter((_, i) => objectsIn(stdout)[i]?.status?.allowed);
  }
}

/** `kubectl` writes one object after the other, or a list of them. */
function objectsIn(text: string): readonly KubeObject[] {
  return text
    .split(/^(?=\{)/m)
    .map((each) => JSON.parse(each) as KubeObject & { readonly items?: readonly KubeObject[] })
    .flatMap((object) => object.items ?? [object]);
}

const rightsOf = ({ apiGroups, resources, verbs }: Rule): string[] =>
  verbs.flatMap((verb) =>
    apiGroups.flatMap((group) =>
      resources.map((resource) => `${verb} ${[group, resource].filter(Boolean).join('/')}`),
    ),
  );

/** As in `get batch/jobs` and `list pods`. */
function ruleOf(right: string): Rule {
  const [verb = '', what = ''] = right.split(' ');
  const [resource = '', group = ''] = what.split('/').reverse();
  return { apiGroups: [group], resources: [resource], verbs: [verb] };
}
