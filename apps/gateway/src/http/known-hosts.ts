const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/** Whether a name, with or without a port, is one that the gateway goes by. */
export type KnowsHost = (host: string | undefined) => boolean;

/**
 * A page of a foreign site could let its own name point to this machine and read what is meant for the people on it; so requests must be
 * sent to a known name, and the pages that open connections must be of one.
 */
export function knownHosts(otherNames: readonly string[]): KnowsHost {
  const known = new Set([...loopback, ...otherNames]);
  return (host = '') => known.has(host.replace(/:\d+$/, '').toLowerCase());
}

/** Programs that are no browsers name no origin. */
export function isKnownOrigin(origin: string | undefined, knowsHost: KnowsHost): boolean {
  return origin === undefined || (URL.canParse(origin) && knowsHost(new URL(origin).host));
}
