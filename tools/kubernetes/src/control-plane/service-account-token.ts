import type { Kubectl } from './kubectl.js';

/** Longer than any test, shorter than what the API server refuses. */
const lifetime = '24h';

/** A token with which a program outside the cluster is a service account. */
export async function serviceAccountToken(
  kubectl: Kubectl,
  account: { readonly namespace: string; readonly name: string },
): Promise<string> {
  const { stdout } = await kubectl([
    '-n',
    account.namespace,
    'create',
    'token',
    account.name,
    '--duration',
    lifetime,
  ]);
  return stdout.trim();
}
