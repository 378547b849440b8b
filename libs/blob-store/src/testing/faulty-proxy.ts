import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { Transform } from 'node:stream';

/** What happens to one request instead of an answer. */
export type Fault =
  | { readonly status: number }
  /** The connection is reset after so many bytes of the answer's body. */
  | { readonly cutAfterBytes: number }
  /** The store does what it was asked to, and the answer is lost. */
  | { readonly loseAnswer: true }
  /** The store gets other bytes than were sent. */
  | { readonly corruptUpload: true }
  | { readonly silent: true };

export interface FaultyProxy {
  readonly endpoint: string;
  /** `GET /bucket/key` of each request that came, with `?` and what follows. */
  readonly requests: string[];
  /** Judges each request; undefined lets it through. */
  fault: (request: IncomingMessage) => Fault | undefined;
  stop(): Promise<void>;
}

/** A way to a real store with the accidents of a network. Host and signature pass unchanged. */
export async function startFaultyProxy(endpoint: string): Promise<FaultyProxy> {
  const target = new URL(endpoint);
  const server = createServer((incoming, outgoing) => {
    proxy.requests.push(`${incoming.method} ${incoming.url}`);
    const fault = proxy.fault(incoming);
    if (fault !== undefined && 'status' in fault) outgoing.writeHead(fault.status).end();
    else if (fault === undefined || !('silent' in fault)) forward(target, incoming, outgoing, fault);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');

  const proxy: FaultyProxy = {
    endpoint: `http://127.0.0.1:${address.port}`,
    requests: [],
    fault: () => undefined,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}

function forward(
  { hostname, port }: URL,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  fault: Fault | undefined,
): void {
  const { method, url, headers } = incoming;
  const onward = request({ hostname, port, method, path: url, headers }, (answer) => {
    if (fault !== undefined && 'loseAnswer' in fault) {
      answer.resume().once('end', () => outgoing.destroy());
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    if (fault !== undefined && 'cutAfterBytes' in fault) cutAfter(fault.cutAfterBytes, answer, outgoing);
    else answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  incoming.on('error', () => onward.destroy());
  outgoing.on('close', () => onward.destroy());
  if (fault !== undefined && 'corruptUpload' in fault) incoming.pipe(flipFirstBit()).pipe(onward);
  else incoming.pipe(onward);
}

function flipFirstBit(): Transform {
  let first = true;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const bytes = Buffer.from(chunk);
      if (first) bytes[0]! ^= 1;
      first = false;
      done(null, bytes);
    },
  });
}

function cutAfter(bytes: number, answer: IncomingMessage, outgoing: ServerResponse): void {
  let left = bytes;
  answer.on('data', (chunk: Buffer) => {
    if (outgoing.destroyed) return;
    const part = chunk.subarray(0, left);
    left -= part.length;
    outgoing.write(part, () => {
      if (left === 0) outgoing.destroy();
    });
  });
}
