import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { webhookPort } from '../build/build-control-plane.mjs';
import { answers } from './answers.js';
import type { Kubectl } from './kubectl.js';
import { serviceAccountToken } from './service-account-token.js';
import type { RunPlace } from './run-place.js';
import { kueue, type Ports, type ServerProgram } from './server-programs.js';
import type { Server } from './server.js';

const namespace = 'kueue-system';
const pollMs = 100;

/** Kueue runs beside the API server, which reaches its webhooks at a port of this machine. */
export async function startKueue(parts: {
  readonly kubectl: Kubectl;
  readonly manifests: string;
  readonly place: RunPlace;
  readonly ports: Ports;
  readonly start: (program: ServerProgram, isReady: () => Promise<boolean>) => Promise<Server>;
}): Promise<Server> {
  const { kubectl, place, ports } = parts;
  const manifests = await readFile(join(parts.manifests, 'kueue.yaml'), 'utf8');
  await kubectl(['create', 'namespace', namespace]);
  await kubectl(
    ['apply', '--server-side', '-f', '-'],
    manifests.replaceAll(webhookPort, String(ports.kueueWebhook)),
  );
  await kubectl(['wait', 'crd', '--all', '--for=condition=Established', '--timeout=120s']);
  const account = { namespace, name: 'kueue-controller-manager' };
  const kubeconfig = await place.kubeconfig('kueue', await serviceAccountToken(kubectl, account));
  const certificates = join(place.folder, 'kueue-certificates');
  await mkdir(certificates);
  const configuration = join(place.folder, 'kueue.json');
  await writeFile(configuration, JSON.stringify(kueueConfiguration(ports, certificates)));

  const server = parts.start(kueue(kubeconfig, configuration), () =>
    answers(`http://127.0.0.1:${ports.kueueHealth}/readyz`),
  );
  // It makes a certificate and waits until a kubelet has put it where it looks for it.
  await Promise.all([server, Promise.race([server, layCertificate(kubectl, certificates)])]);
  return server;
}

async function layCertificate(kubectl: Kubectl, folder: string): Promise<void> {
  for (;;) {
    const { stdout } = await kubectl([
      ...['-n', namespace, 'get', 'secret', 'kueue-webhook-server-cert', '--ignore-not-found', '-o', 'json'],
    ]);
    const data = stdout === '' ? undefined : (JSON.parse(stdout) as { data?: Record<string, string> }).data;
    const [key, certificate] = [data?.['tls.key'], data?.['tls.crt']];
    if (key && certificate) {
      await writeFile(join(folder, 'tls.key'), Buffer.from(key, 'base64'), { mode: 0o600 });
      await writeFile(join(folder, 'tls.crt'), Buffer.from(certificate, 'base64'));
      return;
    }
    await sleep(pollMs);
  }
}

function kueueConfiguration(ports: Ports, certDir: string): unknown {
  return {
    apiVersion: 'config.kueue.x-k8s.io/v1beta1',
    kind: 'Configuration',
    health: { healthProbeBindAddress: `127.0.0.1:${ports.kueueHealth}` },
    metrics: { bindAddress: `127.0.0.1:${ports.kueueMetrics}` },
    webhook: { host: '127.0.0.1', port: ports.kueueWebhook, certDir },
    leaderElection: { leaderElect: false },
    integrations: { frameworks: ['batch/job'] },
    // It would listen at all addresses of this machine.
    featureGates: { VisibilityOnDemand: false },
  };
}
