import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Bench, openBench } from './testing/ask.js';

let bench: Bench;
beforeAll(async () => (bench = await openBench()), 60_000);
afterAll(() => bench.close());

const problemFields = '... on Problem { code message details }';

async function submit(input: Answer): Promise<Answer> {
  const { submitRun } = await bench.ask<{ submitRun: Answer }>(
    `mutation ($input: SubmitRunInput!) { submitRun(input: $input) {
      __typename
      ... on Submission { created run { id experimentName name user state spec command tags priority } }
      ... on DryRun { spec command estimate { __typename ... on Estimate { seconds device } ${problemFields} } }
      ${problemFields}
    } }`,
    { input },
  );
  return submitRun;
}

describe('submitting a run', () => {
  it('puts it into the queue with its defaults, and says so', async () => {
    const before = bench.wakes();
    const input = { experiment: 'digits', name: 'first', spec: { arch: 'lenet5', epochs: 2 }, tags: ['new'] };
    expect(await submit(input)).toMatchObject({
      __typename: 'Submission',
      created: true,
      run: {
        experimentName: 'digits',
        name: 'first',
        user: 'ada',
        state: 'queued',
        spec: { arch: 'lenet5', epochs: 2, dataset: 'digits', method: 'moda' },
        command: 'moda train --arch lenet5 --epochs 2',
        tags: ['new'],
        priority: 0,
      },
    });
    expect(bench.wakes()).toBe(before + 1);
  });

  it('twice with one key gives one run, and a problem where it is another', async () => {
    const input = { experiment: 'digits', spec: { arch: 'lenet5' }, idempotencyKey: 'monday' };
    const first = (await submit(input)) as { run: { id: string } };
    const again = await submit(input);
    expect(again).toMatchObject({ created: false, run: { id: first.run.id } });
    expect(await submit({ ...input, spec: { arch: 'vgg16' } })).toMatchObject({
      __typename: 'Problem',
      code: 'IDEMPOTENCY_CONFLICT',
      details: { runId: first.run.id },
    });
  });

  it.each([
    ['a field that is none', { arch: 'lenet5', epoch: 2 }, 'epoch'],
    ['a wrong value', { arch: 'lenet5', epochs: -1 }, 'epochs'],
    ['an unknown network', { arch: 7 }, 'arch'],
  ])('with %s is a problem that names its path', async (_what, spec, path) => {
    const answer = await submit({ experiment: 'digits', spec });
    expect(answer).toMatchObject({ __typename: 'Problem', code: 'SPEC_INVALID', details: { path } });
    expect(answer['message']).toContain(path);
  });

  it.each([
    ['an experiment without a name', { experiment: '' }],
    ['a priority beyond reason', { experiment: 'digits', priority: 1e6 }],
    ['a tag with a line end', { experiment: 'digits', tags: ['a\nb'] }],
  ])('with %s is a problem', async (_what, input) => {
    expect(await submit({ spec: { arch: 'lenet5' }, ...input })).toMatchObject({ code: 'SPEC_INVALID' });
  });

  it('dry stores nothing and says what it would take', async () => {
    const input = { experiment: 'nothing', spec: { arch: 'lenet5', epochs: 3 }, dryRun: true };
    expect(await submit(input)).toMatchObject({
      __typename: 'DryRun',
      spec: { epochs: 3 },
      command: 'moda train --arch lenet5 --epochs 3',
      estimate: { __typename: 'Estimate', seconds: 3, device: 'CPU' },
    });
    expect(await submit({ ...input, spec: {} })).toMatchObject({ code: 'SPEC_INVALID' });
    const { runs } = await bench.ask<{ runs: Answer }>(
      '{ runs(criteria: { experiment: "nothing" }) { totalEstimate } }',
    );
    expect(runs).toEqual({ totalEstimate: 0 });
  });
});

describe('a sweep', () => {
  const question = `mutation ($input: SweepInput!) { sweep(input: $input) {
    __typename ... on Sweep { submissions { created run { spec } } } ${problemFields} } }`;

  it('submits every combination, once', async () => {
    const input = {
      experiment: 'sweep',
      base: { arch: 'lenet5' },
      grid: { alpha: [0.1, 0.2], seed: [1, 2, 3] },
      idempotencyKey: 'sweep-1',
    };
    const { sweep } = await bench.ask<{
      sweep: { submissions: { created: boolean; run: { spec: Answer } }[] };
    }>(question, { input });
    expect(sweep.submissions.map(({ run }) => [run.spec['alpha'], run.spec['seed']])).toEqual(
      [0.1, 0.2].flatMap((alpha) => [1, 2, 3].map((seed) => [alpha, seed])),
    );
    const again = await bench.ask<{ sweep: { submissions: { created: boolean }[] } }>(question, { input });
    expect(again.sweep.submissions.map(({ created }) => created)).toEqual(Array(6).fill(false));
  });

  it('over a field that is none is a problem', async () => {
    const input = { experiment: 'sweep', base: { arch: 'lenet5' }, grid: { colour: [1] } };
    expect(await bench.ask(question, { input })).toMatchObject({
      sweep: { code: 'SPEC_INVALID', details: { path: 'colour' } },
    });
  });
});

describe('an estimate', () => {
  it('is given for a spec, or the problem that it has', async () => {
    const question = `query ($spec: JSONObject!) { estimate(spec: $spec) { __typename ... on Estimate { seconds steps peakBytes } ${problemFields} } }`;
    expect(await bench.ask(question, { spec: { arch: 'lenet5', epochs: 4 } })).toEqual({
      estimate: { __typename: 'Estimate', seconds: 4, steps: 40, peakBytes: 1e9 },
    });
    expect(await bench.ask(question, { spec: { arch: 'lenet5', epochs: 'x' } })).toMatchObject({
      estimate: { code: 'SPEC_INVALID', details: { path: 'epochs' } },
    });
  });
});
