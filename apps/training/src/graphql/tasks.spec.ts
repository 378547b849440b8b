import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problem } from '../problem/problem.js';
import { sampleRequest } from '../runs/testing/sample-request.js';
import { type Answer, type Bench, openBench } from './testing/ask.js';

let bench: Bench;
const asked: unknown[] = [];

beforeAll(async () => {
  bench = await openBench({
    tasks: {
      async submit(order, task) {
        asked.push({ order, task });
        const { run, kind } = await bench.store.submit(
          sampleRequest({ user: order.user, task: task as never }),
        );
        return order.name === 'refused'
          ? problem('CLASS_UNKNOWN', 'No.', { nearest: 'cat' })
          : { kind: kind as 'again', run };
      },
    },
    files: {
      artifacts: async (id) => [
        {
          name: 'result.json',
          digest: 'sha256:x',
          sizeBytes: 2 ** 40,
          url: `http://training/${id}/result.json`,
        },
      ],
      logUrl: (id) => `http://training/${id}/log`,
      result: async ({ task }) => (task.kind === 'train' ? undefined : { tau: 0.5, nothing: null }),
    },
  });
}, 60_000);
afterAll(() => bench.close());

const fields = '... on Submission { created run { task command } } ... on Problem { code nearest }';

describe('a task', () => {
  it.each<[string, string, object, string]>([
    [
      'a decomposition',
      'decomposeRun(id: "a", tau: 0.5)',
      { kind: 'decompose', run: 'a', tau: 0.5 },
      'moda runs decompose a --tau 0.5',
    ],
    [
      'a composition',
      'composeRun(id: "a", classes: ["0", "cat"], tau: 0)',
      { kind: 'compose', run: 'a', classes: ['0', 'cat'], tau: 0 },
      'moda runs compose a --classes 0,cat --tau 0',
    ],
    [
      'a replacement',
      'replaceClass(input: { weak: "a", strong: "b", class: "3", strategy: "cnnsplitter", strongClass: null, tau: 0.9 })',
      { kind: 'replace', weak: 'a', strong: 'b', class: '3', strategy: 'cnnsplitter', tau: 0.9 },
      'moda runs replace --weak a --strong b --class 3 --strategy cnnsplitter',
    ],
    [
      'a sweep over tau',
      'sweepTau(id: "a", taus: [0.5, 0.9], subtasksPerSize: 1)',
      { kind: 'sweepTau', run: 'a', taus: [0.5, 0.9], subtasksPerSize: 1 },
      'moda runs sweep-tau a --tau 0.5,0.9 --subtasks-per-size 1',
    ],
  ])('is handed on as it was asked for: %s', async (_what, mutation, task, command) => {
    const { made } = await bench.ask<{ made: Answer }>(`mutation { made: ${mutation} { ${fields} } }`);
    expect(made).toEqual({ created: true, run: { task, command } });
    expect(asked.at(-1)).toEqual({ order: { user: 'ada', traceId: 'ab'.repeat(16) }, task });
  });

  it('with its name and its key', async () => {
    await bench.ask('mutation { decomposeRun(id: "a", name: "n", idempotencyKey: "k") { __typename } }');
    expect(asked.at(-1)).toMatchObject({
      order: { name: 'n', idempotencyKey: 'k' },
      task: { kind: 'decompose', run: 'a' },
    });
  });

  it('that cannot be done is a problem', async () => {
    const { made } = await bench.ask<{ made: Answer }>(
      `mutation { made: composeRun(id: "a", classes: ["cta"], name: "refused") { ${fields} } }`,
    );
    expect(made).toEqual({ code: 'CLASS_UNKNOWN', nearest: 'cat' });
  });
});

describe('a task that was cancelled', () => {
  it('is done again by a new run, and has no checkpoint to fork from', async () => {
    const task = { kind: 'compose', run: 'a', classes: ['0'], tau: 0.5 } as const;
    const { run } = await bench.store.submit(sampleRequest({ task, priority: 1000 }));
    expect(await bench.train([], 'cancelled')).toBe(run.id);
    const { again, fork } = await bench.ask<{ again: Answer; fork: Answer }>(
      `mutation ($id: ID!) { again: resumeRun(id: $id) { ${fields} } fork: forkRun(id: $id, epoch: 1) { ${fields} ... on Problem { message } } }`,
      { id: run.id },
    );
    expect(again).toMatchObject({ created: true, run: { task } });
    expect(fork).toMatchObject({
      code: 'RUN_STATE_REFUSED',
      message: expect.stringContaining('fork the run that its model came of') as string,
    });
  });
});

describe('what came of a run', () => {
  it('are its files, its log and its figures', async () => {
    const { run } = await bench.store.submit(
      sampleRequest({ task: { kind: 'decompose', run: 'a', tau: 0.5 } }),
    );
    const found = await bench.ask<{ run: Answer }>(
      'query ($id: ID!) { run(id: $id) { artifacts { name digest sizeBytes url } logUrl result } }',
      { id: run.id },
    );
    expect(found.run).toEqual({
      artifacts: [
        {
          name: 'result.json',
          digest: 'sha256:x',
          sizeBytes: 2 ** 40,
          url: `http://training/${run.id}/result.json`,
        },
      ],
      logUrl: `http://training/${run.id}/log`,
      result: { tau: 0.5, nothing: null },
    });
  });

  it('are no figures where there are none', async () => {
    const { run } = await bench.store.submit(sampleRequest());
    expect(await bench.ask('query ($id: ID!) { run(id: $id) { task result } }', { id: run.id })).toEqual({
      run: { task: { kind: 'train' }, result: null },
    });
  });
});
