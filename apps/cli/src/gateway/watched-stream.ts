/** A gateway says that it lives every 12 s; who is silent for so long is gone. */
const silenceMs = 40_000;

/** What came instead of a stream. */
export class NoStream extends Error {
  constructor(
    readonly status: number,
    readonly text: string,
  ) {
    super(`status ${status} without a stream`);
  }
}

/**
 * Opens a stream of events that breaks when nothing at all comes for a while, not even a sign of life.
 *
 * @throws NoStream where the answer is another one
 */
export async function fetchStream(target: string, init: RequestInit): Promise<Response> {
  const silence = new AbortController();
  const watch = (): NodeJS.Timeout =>
    setTimeout(() => silence.abort(new DOMException('no sign of life', 'TimeoutError')), silenceMs);
  let timer = watch();
  const stop = (): void => clearTimeout(timer);
  init.signal?.addEventListener('abort', stop, { once: true });
  try {
    const response = await fetch(target, {
      ...init,
      signal: AbortSignal.any([...(init.signal ? [init.signal] : []), silence.signal]),
      redirect: 'manual',
    });
    const type = response.headers.get('content-type') ?? '';
    if (!response.ok || response.body === null || !type.startsWith('text/event-stream'))
      throw new NoStream(response.status, await response.text());
    const heard = new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, out) {
        stop();
        timer = watch();
        out.enqueue(piece);
      },
      flush: stop,
    });
    return new Response(response.body.pipeThrough(heard), { headers: response.headers });
  } catch (error) {
    stop();
    throw error;
  }
}
