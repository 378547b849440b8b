import { join } from 'node:path';
import type { RunPlace } from './run-place.js';

/** Where each program listens, on the loopback address only. */
export interface Ports {
  readonly etcd: number;
  readonly etcdPeer: number;
  readonly api: number;
  readonly controllerManager: number;
  readonly scheduler: number;
  readonly kwok: number;
  readonly kueueWebhook: number;
  readonly kueueHealth: number;
  readonly kueueMetrics: number;
}

export interface ServerProgram {
  readonly name: string;
  readonly args: readonly string[];
}

/** A throw-away store need not survive a power cut. */
export function etcd(place: RunPlace, ports: Ports): ServerProgram {
  const [client, peer] = [`http://127.0.0.1:${ports.etcd}`, `http://127.0.0.1:${ports.etcdPeer}`];
  return {
    name: 'etcd',
    args: [
      ...['--name', 'tests', '--data-dir', join(place.folder, 'etcd'), '--unsafe-no-fsync'],
      ...['--listen-client-urls', client, '--advertise-client-urls', client],
      ...[
        '--listen-peer-urls',
        peer,
        '--initial-advertise-peer-urls',
        peer,
        '--initial-cluster',
        `tests=${peer}`,
      ],
    ],
  };
}

/** It makes its own certificate. There are no endpoints of `kubernetes.default`: an endpoint may not be a loopback address. */
export function apiServer(place: RunPlace, ports: Ports, auditPolicy: string): ServerProgram {
  return {
    name: 'kube-apiserver',
    args: [
      ...['--etcd-servers', `http://127.0.0.1:${ports.etcd}`],
      ...[
        '--bind-address',
        '127.0.0.1',
        '--secure-port',
        String(ports.api),
        '--advertise-address',
        '127.0.0.1',
      ],
      ...['--endpoint-reconciler-type', 'none', '--service-cluster-ip-range', '10.96.0.0/16'],
      ...['--cert-dir', join(place.folder, 'api-server')],
      ...['--token-auth-file', place.tokenFile, '--authorization-mode', 'RBAC'],
      ...['--service-account-issuer', 'https://kubernetes.default.svc'],
      ...['--service-account-key-file', place.serviceAccountKey],
      ...['--service-account-signing-key-file', place.serviceAccountKey],
      ...['--audit-policy-file', auditPolicy, '--audit-log-path', place.auditLog],
      // Five minutes until the pods of a lost node are given up are right for a cluster and too long for a test.
      ...['--default-not-ready-toleration-seconds', '5', '--default-unreachable-toleration-seconds', '5'],
    ],
  };
}

export function controllers(place: RunPlace, ports: Ports, kubeconfig: string): ServerProgram {
  return {
    name: 'kube-controller-manager',
    args: [
      ...['--kubeconfig', kubeconfig, '--leader-elect=false', '--use-service-account-credentials'],
      ...['--bind-address', '127.0.0.1', '--secure-port', String(ports.controllerManager)],
      ...['--cert-dir', join(place.folder, 'controller-manager')],
      ...['--service-account-private-key-file', place.serviceAccountKey, '--root-ca-file', place.certificate],
    ],
  };
}

export function podScheduler(place: RunPlace, ports: Ports, kubeconfig: string): ServerProgram {
  return {
    name: 'kube-scheduler',
    args: [
      ...['--kubeconfig', kubeconfig, '--leader-elect=false'],
      ...['--bind-address', '127.0.0.1', '--secure-port', String(ports.scheduler)],
      ...['--cert-dir', join(place.folder, 'scheduler')],
    ],
  };
}

/** Plays the kubelets of the nodes with a certain annotation. */
export function nodeSimulator(ports: Ports, kubeconfig: string, stages: readonly string[]): ServerProgram {
  return {
    name: 'kwok',
    args: [
      ...['--kubeconfig', kubeconfig, '--server-address', `127.0.0.1:${ports.kwok}`],
      ...['--manage-nodes-with-annotation-selector', 'kwok.x-k8s.io/node=fake'],
      ...['--node-lease-duration-seconds', '40', '--node-ip', '127.0.0.1', '--node-port', String(ports.kwok)],
      ...['--cidr', '10.244.0.0/16'],
      ...stages.flatMap((file) => ['--config', file]),
    ],
  };
}

export function kueue(kubeconfig: string, configuration: string): ServerProgram {
  return {
    name: 'kueue',
    args: ['--kubeconfig', kubeconfig, '--config', configuration, '--zap-log-level', '2'],
  };
}
