import { isTerminal, type RunState } from '@moda/contracts';

/** A run as the training service answers for it. */
export function sampleRun(more: Readonly<Record<string, unknown>> & { readonly state?: RunState } = {}) {
  const { state = 'succeeded' } = more;
  const at = new Date('2026-05-01T10:00:00.500Z');
  return {
    __typename: 'Run',
    id: '3f2a9c1e-0000-4000-8000-000000000001',
    name: null,
    experimentName: 'digits',
    user: 'ada',
    reason: 'Training is done.',
    since: at,
    createdAt: at,
    startedAt: at,
    endedAt: isTerminal(state) ? at : null,
    priority: 0,
    attempt: 1,
    tags: [],
    cancelRequestedAt: null,
    lastSequence: 9,
    progress: { done: 20, total: 20, unit: 'steps' },
    outcome:
      state === 'succeeded'
        ? { accuracy: 0.975, crossEntropy: 0.0812, parameters: 61_706, seconds: 12.5 }
        : null,
    error: null,
    spec: { arch: 'lenet5', method: 'moda', seed: 42 },
    ...more,
    state,
  };
}

/** A page of a connection. */
export function pageOf(nodes: readonly object[], endCursor: string | null = null) {
  return {
    edges: nodes.map((node) => ({ node })),
    pageInfo: { hasNextPage: endCursor !== null, endCursor },
    totalEstimate: nodes.length,
  };
}

const bodies = {
  state: (to: RunState, from: RunState | null, reason: string) => ({
    __typename: 'StateChange',
    ...{ to, from, reason },
  }),
  metric: (step: number, values: Readonly<Record<string, number | null>>) => ({
    __typename: 'MetricPoint',
    step,
    epoch: 1,
    values: Object.entries(values).map(([name, value]) => ({ name, value })),
  }),
  log: (text: string, level = 'info') => ({ __typename: 'LogLine', level, attempt: 1, line: 1, text }),
  progress: (done: number, total: number) => ({ __typename: 'ProgressMade', done, total }),
};

export { bodies as eventBodies };

/** Events of a run in order, each under the name of the subscription's field. */
export function eventsOf(list: readonly (readonly [kind: string, body: object])[]) {
  return list.map(([kind, body], i) => ({
    sequence: i + 1,
    at: new Date(Date.UTC(2026, 4, 1, 10, 0, i)),
    kind,
    runId: 'a',
    body,
  }));
}
