import { Agent } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';

/** Certificates of clients are renewed on the disk now and then. */
const renewMs = 5 * 60_000;

const agents = new WeakMap<KubeConfig, { readonly agent: Agent; readonly until: number }>();

/**
 * Connections that are used again: the client makes an agent for every call, and with it a handshake that costs more than the call. One that
 * goes by a proxy is left as it is.
 */
export function keptAgent(config: KubeConfig, made: unknown): unknown {
  if (!(made instanceof Agent) || config.getCurrentCluster()?.proxyUrl !== undefined) return made;
  const known = agents.get(config);
  if (known !== undefined && performance.now() < known.until) return known.agent;
  const agent = new Agent({ ...made.options, keepAlive: true });
  agents.set(config, { agent, until: performance.now() + renewMs });
  return agent;
}
