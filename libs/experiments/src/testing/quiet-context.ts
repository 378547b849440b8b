import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTensorBackend, type TensorBackend } from '@moda/tensor-backend';
import type { ProgressEvent, RunContext } from '../run-context.js';

let backend: Promise<TensorBackend> | undefined;

/** A context for specs: real TensorFlow, progress kept in a list. */
export function quietContext(
  signal: RunContext['signal'] = new AbortController().signal,
): RunContext & { readonly events: ProgressEvent[] } {
  const events: ProgressEvent[] = [];
  return {
    backend: () => (backend ??= openTensorBackend()),
    onProgress: (event) => events.push(event),
    signal,
    events,
  };
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'moda-spec-'));
}
