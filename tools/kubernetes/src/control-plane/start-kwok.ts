import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { answers } from './answers.js';
import type { Kubectl } from './kubectl.js';
import type { RunPlace } from './run-place.js';
import { nodeSimulator, type Ports, type ServerProgram } from './server-programs.js';
import type { Server } from './server.js';
import { serviceAccountToken } from './service-account-token.js';

/** kwok keeps simulated nodes alive, and moves those pods on that ask for it. */
export async function startKwok(parts: {
  readonly kubectl: Kubectl;
  readonly manifests: string;
  readonly place: RunPlace;
  readonly ports: Ports;
  readonly start: (program: ServerProgram, isReady: () => Promise<boolean>) => Promise<Server>;
}): Promise<Server> {
  const { kubectl, manifests, place, ports } = parts;
  await kubectl(['apply', '-f', join(manifests, 'kwok-rbac.yaml')]);
  const token = await serviceAccountToken(kubectl, { namespace: 'kube-system', name: 'kwok-controller' });
  const nodeStages = join(manifests, 'kwok', 'node');
  const podStages = join(manifests, 'stages');
  const stages = [
    join(nodeStages, 'fast', 'node-initialize.yaml'),
    join(nodeStages, 'heartbeat-with-lease', 'node-heartbeat-with-lease.yaml'),
    ...(await readdir(podStages)).map((name) => join(podStages, name)),
  ];
  return parts.start(nodeSimulator(ports, await place.kubeconfig('kwok', token), stages), () =>
    answers(`http://127.0.0.1:${ports.kwok}/healthz`),
  );
}
