import type { Kubectl } from '../control-plane/kubectl.js';

interface ResourceRule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

/**
 * All that a user may do with resources of a namespace, as the API server sees it: `<verb> <group>/<resource>`, sorted. What every service
 * account may do is not among it.
 */
export async function rightsOf(kubectl: Kubectl, namespace: string, user: string): Promise<string[]> {
  const everybody = new Set(await rulesOf(kubectl, namespace, `system:serviceaccount:${namespace}:nobody`));
  return (await rulesOf(kubectl, namespace, user)).filter((right) => !everybody.has(right));
}

async function rulesOf(kubectl: Kubectl, namespace: string, user: string): Promise<string[]> {
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectRulesReview',
    spec: { namespace },
  };
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  const { stdout } = await kubectl(
    [
      'create',
      '--validate=false',
      '-f',
      '-',
      '-o',
      'json',
      '--as',
      user,
      ...groups.flatMap((group) => ['--as-group', group]),
    ],
    JSON.stringify(review),
  );
  const { status } = JSON.parse(stdout) as {
    readonly status: { readonly incomplete: boolean; readonly resourceRules: readonly ResourceRule[] };
  };
  if (status.incomplete) throw new Error(`The API server could not tell all that ${user} may do.`);
  const rights = status.resourceRules.flatMap(
    ({ verbs, apiGroups = [''], resources = [], resourceNames = [] }) =>
      verbs.flatMap((verb) =>
        apiGroups.flatMap((group) =>
          resources.map((resource) =>
            [verb, [group, resource].filter(Boolean).join('/'), ...resourceNames].join(' '),
          ),
        ),
      ),
  );
  return [...new Set(rights)].sort();
}
