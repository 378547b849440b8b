const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One press of Ctrl-C reaches a program twice where npm passes on what the terminal told both (ms). */
const sameMomentMs = 400;

export interface StopRequestOptions {
  /** Called at the second request: the person is in a hurry. */
  readonly force: () => void;
  /** Milliseconds. */
  readonly now?: () => number;
  readonly source?: Pick<NodeJS.Process, 'on'>;
}

/** Aborted by the first request to stop; a later one forces the end. */
export function stopRequests(options: StopRequestOptions): AbortSignal {
  const { force, now = () => performance.now(), source = process } = options;
  const stopped = new AbortController();
  let first: number | undefined;
  const onSignal = (): void => {
    if (first === undefined) {
      first = now();
      stopped.abort(new StopRequested());
    } else if (now() - first > sameMomentMs) force();
  };
  for (const signal of signals) source.on(signal, onSignal);
  return stopped.signal;
}

/** What work ends with that is not wanted any more. */
export class StopRequested extends Error {
  override readonly name = 'AbortError';
  constructor() {
    super('Stopped before it was done.');
  }
}
