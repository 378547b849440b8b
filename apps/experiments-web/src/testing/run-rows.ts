import type { RunRowFragment } from '../graphql/generated/operations';

type Changes = Partial<Omit<RunRowFragment, 'spec' | 'outcome'>> & {
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly outcome?: Partial<NonNullable<RunRowFragment['outcome']>> | null;
};

/** A training that succeeded, with what a spec is about set otherwise. */
export function runRow(changes: Changes = {}): RunRowFragment {
  const { spec, outcome, ...rest } = changes;
  return {
    id: 'run-1',
    name: null,
    experimentName: 'digits',
    state: 'succeeded',
    reason: 'Training is done.',
    archived: false,
    tags: [],
    user: 'ada',
    task: { kind: 'train' },
    spec: { arch: 'compact', dataset: 'digits', method: 'moda', seed: 1, gamma: 0.3, epochs: 12, ...spec },
    progressShare: 1,
    lastSequence: 10,
    createdAt: '2026-03-01T10:00:00.000Z',
    startedAt: '2026-03-01T10:00:01.000Z',
    endedAt: '2026-03-01T10:01:01.000Z',
    device: 'a processor, 2 threads',
    outcome:
      outcome === null
        ? null
        : { accuracy: 0.9, crossEntropy: 0.3, parameters: 1000, seconds: 60, ...outcome },
    ...rest,
  };
}
