import type { Subgraph } from './subgraph.js';

/** A service that takes longer to say that it lives is as good as absent. */
const aliveTimeoutMs = 2_000;

export async function isAlive({ url }: Subgraph): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(aliveTimeoutMs) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
