import type { IncomingMessage, OutgoingHttpHeaders, RequestOptions } from 'node:http';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { ModaError } from '@moda/contracts';
import { keptAgent } from './kept-agents.js';

/** What the API server said instead of what was asked for. */
export class KubeRefusal extends Error {
  override readonly name = 'KubeRefusal';

  constructor(
    /** Of HTTP: 404, 409, 410, 422 … */
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface KubeCall {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: object;
  readonly signal?: AbortSignal;
}

/** Nothing that is asked for takes the API server longer, unless it is about to go away. */
const answerMs = 20_000;
const keepAliveMs = 15_000;
/** Nobody else's fault than the network's, so that it is worth another try. */
const busy = new Set([408, 429, 500, 502, 503, 504]);

/**
 * Asks the API server and gives its answer as it is. The client's own typed calls turn texts into moments where they list and leave them
 * texts where they watch; here they are texts always.
 *
 * @throws ModaError CLUSTER_UNREACHABLE; KubeRefusal
 */
export async function askKube(config: KubeConfig, call: KubeCall): Promise<unknown> {
  const signal = AbortSignal.any([AbortSignal.timeout(answerMs), ...(call.signal ? [call.signal] : [])]);
  const response = await openKube(config, { ...call, signal });
  try {
    return JSON.parse(await textOf(response));
  } catch (error) {
    throw unreachable(error);
  }
}

/**
 * Opens an answer that is read as it comes; aborting `signal` ends it.
 *
 * @throws ModaError CLUSTER_UNREACHABLE; KubeRefusal
 */
export async function openKube(config: KubeConfig, call: KubeCall): Promise<IncomingMessage> {
  let response: IncomingMessage;
  try {
    response = await send(config, call);
  } catch (error) {
    throw unreachable(error);
  }
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return response;
  const said = messageOf(await textOf(response).catch(() => ''));
  if (busy.has(status)) throw unreachable(new Error(`it answers ${status}: ${said}`));
  throw new KubeRefusal(status, said || `the API server answers ${status}`);
}

async function send(
  config: KubeConfig,
  { body, method = 'GET', path, query = {}, signal }: KubeCall,
): Promise<IncomingMessage> {
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw new Error('no cluster is configured');
  const url = new URL(server.replace(/\/$/, '') + path);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, String(value));
  const options: RequestOptions = { method, headers: {}, ...(signal ? { signal } : {}) };
  // Each time: tokens of service accounts are renewed on the disk.
  await config.applyToHTTPSOptions(options);
  options.agent = keptAgent(config, options.agent) as RequestOptions['agent'];
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    ...(options.headers as OutgoingHttpHeaders),
    accept: 'application/json',
    ...(text === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'http:' ? overHttp : overHttps)(url, { ...options, headers }, resolve);
    // A connection that died without a word is noticed.
    request.on('socket', (socket) => socket.setKeepAlive(true, keepAliveMs));
    request.on('error', reject);
    request.end(text);
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8');
  let text = '';
  for await (const part of response) text += String(part);
  return text;
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { readonly message?: string }).message ?? '';
  } catch {
    return text.slice(0, 300);
  }
}

function unreachable(error: unknown): ModaError {
  const why = error instanceof Error ? error.message : String(error);
  return new ModaError(
    'CLUSTER_UNREACHABLE',
    `The API server of the cluster does not answer (${why}); it is asked again.`,
  );
}

/** Whether the API server answered so. */
export const isRefusal = (error: unknown, status: number): error is KubeRefusal =>
  error instanceof KubeRefusal && error.status === status;
