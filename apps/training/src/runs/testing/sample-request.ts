import { randomUUID } from 'node:crypto';
import { parseTrainSpec, type TrainSpec } from '@moda/contracts';
import type { RunRequest } from '../run-store.js';

export function sampleSpec(changes: Partial<TrainSpec> = {}): TrainSpec {
  return parseTrainSpec({ arch: 'lenet5', dataset: 'digits', ...changes });
}

/** Of a user and an experiment that no other test has. */
export function sampleRequest(changes: Partial<RunRequest> = {}): RunRequest {
  const name = randomUUID().slice(0, 8);
  return {
    experiment: `experiment-${name}`,
    user: `user-${name}`,
    spec: sampleSpec(),
    traceId: 'f'.repeat(32),
    ...changes,
  };
}
