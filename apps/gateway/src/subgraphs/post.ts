import { Agent, type Dispatcher } from 'undici';

/** An answer as it came. */
export interface Posted {
  readonly status: number;
  readonly text: string;
}

export interface Post {
  /** `http://127.0.0.1:4002` */
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** From the start to the whole answer (ms). */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** The answer did not come in time. */
export class TooLate extends Error {}

/** No answer that a service gives to a question is longer (bytes). */
const maxAnswerBytes = 64 * 2 ** 20;

const connections = new Agent({ connections: 256, headersTimeout: 0, bodyTimeout: 0 });

/**
 * Sends a question by HTTP over a connection that is kept. Below the level of `fetch`, which costs more than all else that is done for a
 * question here.
 */
export function post({ origin, path, headers, body, timeoutMs, signal }: Post): Promise<Posted> {
  return new Promise((resolve, reject) => {
    let stop = (_reason: Error): void => {};
    let status = 0;
    let length = 0;
    const pieces: Buffer[] = [];
    const onAborted = (): void => fail(new Error('The caller left.'));
    const timer = setTimeout(() => fail(new TooLate(`nothing within ${timeoutMs} ms`)), timeoutMs);
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAborted);
    };
    const fail = (error: Error): void => {
      settle();
      reject(error);
      stop(error);
    };
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(controller) {
        stop = (reason) => controller.abort(reason);
      },
      onResponseStart(_controller, code) {
        status = code;
      },
      onResponseData(_controller, piece) {
        length += piece.length;
        if (length > maxAnswerBytes) fail(new Error('The answer is too long.'));
        else pieces.push(piece);
      },
      onResponseEnd() {
        settle();
        const [first] = pieces;
        const whole = pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces);
        resolve({ status, text: whole.toString('utf8') });
      },
      onResponseError(_controller, error) {
        settle();
        reject(error);
      },
    };
    if (signal?.aborted === true) {
      onAborted();
      return;
    }
    signal?.addEventListener('abort', onAborted, { once: true });
    connections.dispatch({ origin, path, method: 'POST', headers: { ...headers }, body }, handler);
  });
}
