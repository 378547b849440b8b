/** What a process is told by its terminal and by whoever runs it. */
const signals = ['SIGINT', 'SIGTERM'] as const;

export interface SignalOptions {
  /** Called at the second signal: the person is in a hurry. */
  readonly force: () => void;
  readonly source?: Pick<NodeJS.Process, 'on' | 'off'>;
}

/** Waits for the first signal; from then on a second one forces the end. */
export function firstStopSignal({ force, source = process }: SignalOptions): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = (signal: NodeJS.Signals): void => {
      if (asked) force();
      asked = true;
      resolve(signal);
    };
    for (const signal of signals) source.on(signal, onSignal);
  });
}
