import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findControlPlane } from '../build/find-control-plane.mjs';
import { addGpuNodes, type NodeOptions } from '../nodes/gpu-nodes.js';
import { answers } from './answers.js';
import { readApiRequests } from './api-requests.js';
import type { ControlPlane } from './control-plane.js';
import { freePorts } from './free-ports.js';
import { type Keeper, openKeeper } from './keeper-client.js';
import { kubectlOf } from './kubectl.js';
import { administrator, controllerManager, layOut, scheduler } from './run-place.js';
import {
  apiServer,
  controllers,
  etcd,
  podScheduler,
  type Ports,
  type ServerProgram,
} from './server-programs.js';
import { startServer } from './server.js';
import { serviceAccountToken } from './service-account-token.js';
import { startKueue } from './start-kueue.js';
import { startKwok } from './start-kwok.js';

const startsAtMost = 3;

/**
 * Starts a control plane of its own, with Kueue and simulated nodes with GPUs. Takes some 20 s and 0.8 GB of memory. All of it ends with
 * this process, however that ends.
 * @throws Error where it is not built or does not start
 */
export async function startControlPlane(options: NodeOptions = {}): Promise<ControlPlane> {
  // Between the search for free ports and their use somebody else may take one.
  for (let attempt = 1; ; attempt += 1) {
    const folder = await mkdtemp(join(tmpdir(), 'moda-kubernetes-'));
    const keeper = openKeeper(folder);
    try {
      return await startIn(folder, keeper, options);
    } catch (error) {
      await keeper.close();
      await rm(folder, { recursive: true, force: true });
      if (attempt === startsAtMost || !String(error).includes('address already in use')) throw error;
    }
  }
}

async function startIn(folder: string, keeper: Keeper, options: NodeOptions): Promise<ControlPlane> {
  const found = findControlPlane();
  if (found === undefined)
    throw new Error(
      'The Kubernetes control plane is not built; build it with `node tools/kubernetes/install.mjs`.',
    );
  const { programs, manifests } = found;
  const ports = await choosePorts();
  const place = await layOut(folder, ports.api);
  const start = (program: ServerProgram, isReady: () => Promise<boolean>) =>
    startServer(program, { keeper, programs, folder }, isReady);
  const isHealthy = (port: number) => () => answers(`https://127.0.0.1:${port}/healthz`, { insecure: true });

  await start(etcd(place, ports), () => answers(`http://127.0.0.1:${ports.etcd}/health`));
  const api = await start(apiServer(place, ports, join(manifests, 'audit-policy.yaml')), () =>
    answers(`https://127.0.0.1:${ports.api}/readyz`, {
      certificate: place.certificate,
      token: place.tokenOf(administrator),
    }),
  );
  const kubeconfig = await place.kubeconfig(administrator, place.tokenOf(administrator));
  const kubectl = kubectlOf(programs, folder, kubeconfig);
  const configOf = (user: string) => place.kubeconfig(user, place.tokenOf(user));
  await Promise.all([
    start(controllers(place, ports, await configOf(controllerManager)), isHealthy(ports.controllerManager)),
    start(podScheduler(place, ports, await configOf(scheduler)), isHealthy(ports.scheduler)),
    startKwok({ kubectl, manifests, place, ports, start }),
    startKueue({ kubectl, manifests, place, ports, start }),
  ]);
  await addGpuNodes(kubectl, options);

  return {
    kubeconfig,
    folder,
    kubectl,
    keeper,
    kubeconfigOf: async (account) =>
      place.kubeconfig(`${account.namespace}-${account.name}`, await serviceAccountToken(kubectl, account)),
    requests: () => readApiRequests(place.auditLog),
    stopApiServer: () => api.kill(),
    startApiServer: () => api.start(),
    async stop() {
      await keeper.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function choosePorts(): Promise<Ports> {
  const names = [
    ...(['etcd', 'etcdPeer', 'api', 'controllerManager', 'scheduler', 'kwok'] as const),
    ...(['kueueWebhook', 'kueueHealth', 'kueueMetrics'] as const),
  ];
  const ports = await freePorts(names.length);
  return Object.fromEntries(names.map((name, index) => [name, ports[index]!])) as unknown as Ports;
}
