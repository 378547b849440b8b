import type { TensorBackend } from '@moda/tensor-backend';

/** News of long work, for a bar, a line of a log, or a browser. */
export type ProgressEvent =
  | {
      readonly type: 'task';
      /** A new label begins a new bar. */
      readonly label: string;
      readonly done: number;
      readonly total: number;
      readonly unit: string;
      /** Live figures beside the bar, e.g. loss terms. */
      readonly values?: Readonly<Record<string, number>>;
    }
  | { readonly type: 'note'; readonly message: string }
  | { readonly type: 'warning'; readonly message: string };

/** What every verb gets from whoever runs it: a command line, a service, a test. */
export interface RunContext {
  /** Opens TensorFlow on the first call and answers with the same backend afterwards. */
  readonly backend: () => Promise<TensorBackend>;
  readonly onProgress: (event: ProgressEvent) => void;
  readonly signal: AbortSignal;
}
