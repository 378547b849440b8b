import type { Keeper } from './keeper-client.js';
import type { Kubectl } from './kubectl.js';

/** A Kubernetes control plane of one test, with Kueue and simulated nodes. All of it listens on the loopback address only. */
export interface ControlPlane {
  /** File that makes a client the administrator of the cluster. */
  readonly kubeconfig: string;
  /** Of this run: it is removed by `stop`. */
  readonly folder: string;
  /** @throws Error with all that kubectl complained of */
  readonly kubectl: Kubectl;
  /** A file that makes a client the service account, with no right that it does not have in the cluster. */
  kubeconfigOf(account: { readonly namespace: string; readonly name: string }): Promise<string>;
  /** What service accounts outside the system have asked for so far. */
  requests(): Promise<readonly ApiRequest[]>;
  /** Kills the API server: whoever is connected loses the connection, who comes later is refused. */
  stopApiServer(): Promise<void>;
  /** Starts it again at the same address with all that it knew. */
  startApiServer(): Promise<void>;
  /** Starts processes that end with the control plane. */
  readonly keeper: Keeper;
  /** Ends all of it, and removes its folder. */
  stop(): Promise<void>;
}

/** A request to the API server, as its audit log has it. */
export interface ApiRequest {
  /** `system:serviceaccount:<namespace>:<name>` */
  readonly user: string;
  readonly verb: string;
  /** `batch/jobs`, `pods`, `pods/status` */
  readonly resource: string;
  readonly namespace: string;
  readonly allowed: boolean;
}
