import http, { type Agent, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { finished } from 'node:stream/promises';
import type { Batches } from './batches.js';
import { downloadDamaged } from './download-failure.js';
import { checkAnswer, headersOf, type RangeRequest, silence } from './range-request.js';

/** Connections that stay open from one range to the next. */
export function createAgent({ protocol }: URL, connections: number): Agent {
  const options = { keepAlive: true, maxSockets: connections };
  return protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
}

/** Receives a range by the HTTP of Node: any server, any way of sending. */
export async function receiveOverHttp(request: RangeRequest, batches: Batches, agent: Agent): Promise<void> {
  const body = await send(request, agent);
  batches.source = body;
  try {
    checkAnswer(request, body.statusCode ?? 0, body.headers);
  } catch (error) {
    body.on('error', () => undefined);
    body.destroy();
    throw error;
  }
  // Events, because a loop over the stream would copy pieces together.
  body.on('data', (piece: Buffer) => {
    if (batches.receivedEnd + piece.length <= request.end) batches.take(piece);
    else body.destroy(downloadDamaged(request.what, 'the server sends more than was announced'));
  });
  await finished(body, { writable: false });
}

function send(request: RangeRequest, agent: Agent): Promise<IncomingMessage> {
  const { url, idleTimeoutMs, signal } = request;
  return new Promise((resolve, reject) => {
    const sent = (url.protocol === 'https:' ? https : http).get(
      url,
      { agent, headers: headersOf(request), ...(signal === undefined ? {} : { signal }) },
      resolve,
    );
    sent.setTimeout(idleTimeoutMs, () => sent.destroy(silence(idleTimeoutMs)));
    sent.on('error', reject);
  });
}
