import type { TensorBackend } from '@moda/tensor-backend';

/** What a run computes on. */
export function deviceInWords({ kind, name, threads }: TensorBackend['device']): string {
  return kind === 'gpu' ? name : `${name}, ${threads} threads`;
}
