import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A user of the API server who is known by a token from the beginning. */
export interface TokenUser {
  readonly token: string;
  readonly name: string;
  readonly groups?: readonly string[];
}

export const administrator = 'admin';
export const controllerManager = 'system:kube-controller-manager';
export const scheduler = 'system:kube-scheduler';

/** The files of one run of a control plane: keys, tokens, kubeconfigs. */
export interface RunPlace {
  readonly folder: string;
  /** Made by the API server itself: its certificate and that of the authority which signed it. */
  readonly certificate: string;
  readonly serviceAccountKey: string;
  readonly tokenFile: string;
  /** Lines of JSON: what service accounts asked for. */
  readonly auditLog: string;
  /** Writes a kubeconfig and returns its path. */
  kubeconfig(user: string, token: string): Promise<string>;
  tokenOf(user: string): string;
}

/** @param folder An empty folder that nobody else may read. */
export async function layOut(folder: string, apiPort: number): Promise<RunPlace> {
  const users: readonly TokenUser[] = [
    { name: administrator, token: newToken(), groups: ['system:masters'] },
    { name: controllerManager, token: newToken() },
    { name: scheduler, token: newToken() },
  ];
  const place: RunPlace = {
    folder,
    certificate: join(folder, 'api-server', 'apiserver.crt'),
    serviceAccountKey: join(folder, 'service-accounts.key'),
    tokenFile: join(folder, 'tokens.csv'),
    auditLog: join(folder, 'audit.log'),
    async kubeconfig(user, token) {
      const path = join(folder, `${user.replace(/[^a-z0-9-]/g, '_')}.kubeconfig`);
      await writeFile(path, kubeconfig(apiPort, place.certificate, user, token), { mode: 0o600 });
      return path;
    },
    tokenOf(user) {
      const found = users.find(({ name }) => name === user);
      if (found === undefined) throw new Error(`${user} has no token of its own.`);
      return found.token;
    },
  };
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(place.serviceAccountKey, privateKey.export({ type: 'pkcs8', format: 'pem' }), {
    mode: 0o600,
  });
  const lines = users.map(({ token, name, groups = [] }) => `${token},${name},${name},"${groups.join(',')}"`);
  await writeFile(place.tokenFile, `${lines.join('\n')}\n`, { mode: 0o600 });
  return place;
}

function newToken(): string {
  return randomBytes(16).toString('hex');
}

/** JSON is YAML, too. */
function kubeconfig(apiPort: number, certificate: string, user: string, token: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'tests',
        cluster: { server: `https://127.0.0.1:${apiPort}`, 'certificate-authority': certificate },
      },
    ],
    users: [{ name: user, user: { token } }],
    contexts: [{ name: 'tests', context: { cluster: 'tests', user } }],
    'current-context': 'tests',
  });
}
