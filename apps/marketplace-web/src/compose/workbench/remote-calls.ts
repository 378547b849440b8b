/** The little of a worker, its inner side or a message port that calls need. */
export interface MessageEnd {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
}

/** Methods that a worker answers: one argument in, one answer out, and news while they work. */
export type Methods = Readonly<
  Record<string, (input: never, onProgress: (progress: unknown) => void) => Promise<unknown>>
>;

interface Call {
  readonly call: number;
  readonly method: string;
  readonly input: unknown;
}

type Reply =
  | { readonly call: number; readonly progress: unknown }
  | { readonly call: number; readonly result: unknown }
  | { readonly call: number; readonly error: RemoteProblem };

interface RemoteProblem {
  readonly code: string;
  readonly message: string;
}

/** What failed on the other side, in its words. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';

  constructor(
    /** Stable, for programs. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Answers calls from the other end, side by side. */
export function answerCalls(end: MessageEnd, methods: Methods): void {
  end.addEventListener('message', ({ data }) => {
    if (!isCall(data)) return;
    const { call, method, input } = data;
    const reply = (message: Reply) => end.postMessage(message);
    const answer = Object.hasOwn(methods, method)
      ? methods[method]!(input as never, (progress) => reply({ call, progress }))
      : Promise.reject(new Error(`There is no method "${method}".`));
    answer.then(
      (result) => reply({ call, result }),
      (error: unknown) => reply({ call, error: problemOf(error) }),
    );
  });
}

/** Calls methods of the other end. */
export interface RemoteCalls {
  /** @throws RemoteError */
  call(method: string, input: unknown, onProgress?: (progress: unknown) => void): Promise<unknown>;
  /** Every call that waits, and every later one, fails with this. */
  end(error: RemoteError): void;
}

export function remoteCalls(end: MessageEnd): RemoteCalls {
  const waiting = new Map<
    number,
    {
      resolve: (result: unknown) => void;
      reject: (error: RemoteError) => void;
      onProgress: (progress: unknown) => void;
    }
  >();
  let last = 0;
  let over: RemoteError | undefined;

  end.addEventListener('message', ({ data }) => {
    if (!isReply(data)) return;
    const call = waiting.get(data.call);
    if (call === undefined) return;
    if ('progress' in data) return call.onProgress(data.progress);
    waiting.delete(data.call);
    if ('error' in data) call.reject(new RemoteError(data.error.code, data.error.message));
    else call.resolve(data.result);
  });

  return {
    call(method, input, onProgress = () => undefined) {
      if (over !== undefined) return Promise.reject(over);
      const call = ++last;
      return new Promise((resolve, reject) => {
        waiting.set(call, { resolve, reject, onProgress });
        end.postMessage({ call, method, input } satisfies Call);
      });
    },
    end(error) {
      over = error;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    },
  };
}

function problemOf(error: unknown): RemoteProblem {
  if (!(error instanceof Error)) return { code: 'UNEXPECTED', message: String(error) };
  const { code } = error as { code?: unknown };
  return { code: typeof code === 'string' ? code : 'UNEXPECTED', message: error.message };
}

function isCall(data: unknown): data is Call {
  return isRecord(data) && typeof data['call'] === 'number' && typeof data['method'] === 'string';
}

function isReply(data: unknown): data is Reply {
  return isRecord(data) && typeof data['call'] === 'number' && !('method' in data);
}

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null;
}
