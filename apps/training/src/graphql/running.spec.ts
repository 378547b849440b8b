import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportedBody } from '../runs/run-event.js';
import { type Answer, type Bench, openBench } from './testing/ask.js';

let bench: Bench;
let trained: string;
let cancelled: string;

const bodies: readonly ReportedBody[] = [
  { kind: 'log', level: 'info', attempt: 1, line: 1, text: 'The worker begins.' },
  { kind: 'metric', step: 1, epoch: 1, values: { loss: 2, accuracy: 0.5 } },
  { kind: 'metric', step: 2, epoch: 1, values: { loss: Number.NaN, accuracy: 0.75 } },
  { kind: 'checkpoint', epoch: 1, step: 2 },
  { kind: 'artifact', name: 'model', sizeBytes: 1234 },
  { kind: 'progress', done: 2, total: 4 },
];

async function submit(experiment: string): Promise<string> {
  const { submitRun } = await bench.ask<{ submitRun: { run: { id: string } } }>(
    `mutation ($e: String!) { submitRun(input: { experiment: $e, spec: { arch: "lenet5" } }) { ... on Submission { run { id } } } }`,
    { e: experiment },
  );
  return submitRun.run.id;
}

beforeAll(async () => {
  bench = await openBench();
  await submit('digits');
  trained = await bench.train(bodies);
  await submit('digits');
  cancelled = await bench.train([{ kind: 'checkpoint', epoch: 3, step: 30 }], 'cancelled');
}, 60_000);
afterAll(() => bench.close());

const runFragment = `id state reason attempt progress { done total unit } progressShare metricNames lastSequence endedAt`;

describe('a run', () => {
  it('is found with all that is known of it', async () => {
    const { run } = await bench.ask<{ run: Answer }>(
      `query ($id: ID!) { run(id: $id) { ${runFragment} experiment { id name runCount states { state runs } }
        transitions { from to reason } checkpoints { epoch step } parent { id } queuePosition waitReason } }`,
      { id: trained },
    );
    expect(run).toMatchObject({
      id: trained,
      state: 'succeeded',
      reason: 'It succeeded.',
      attempt: 1,
      progress: { done: 2, total: 4 },
      progressShare: 0.5,
      metricNames: ['loss', 'accuracy'],
      experiment: { id: 'digits', runCount: 2 },
      checkpoints: [{ epoch: 1, step: 2 }],
      parent: null,
      queuePosition: null,
      waitReason: null,
    });
    expect((run['transitions'] as Answer[]).map(({ to }) => to)).toEqual([
      'queued',
      'admitted',
      'starting',
      'running',
      'succeeded',
    ]);
  });

  it('that is none is null', async () => {
    expect(await bench.ask('{ run(id: "none") { id } }')).toEqual({ run: null });
  });

  it('is an entity, and so is its experiment', async () => {
    const keys = [
      { __typename: 'Run', id: trained },
      { __typename: 'Experiment', id: 'digits' },
      { __typename: 'Run', id: 'none' },
    ];
    const question = `query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on Run { state } ... on Experiment { runCount } } }`;
    expect(await bench.ask(question, { keys })).toEqual({
      _entities: [{ state: 'succeeded' }, { runCount: 2 }, null],
    });
  });
});

describe('lists of runs', () => {
  it('come in pages, by criteria', async () => {
    const question = `query ($after: String) { runs(order: oldest, first: 1, after: $after, criteria: { states: [succeeded, cancelled] }) {
      totalEstimate pageInfo { hasNextPage endCursor } edges { node { id } } } }`;
    const first = await bench.ask<{ runs: Page }>(question);
    expect(first.runs).toMatchObject({ totalEstimate: 2, edges: [{ node: { id: trained } }] });
    const { endCursor } = first.runs.pageInfo;
    const second = await bench.ask<{ runs: Page }>(question, { after: endCursor });
    expect(second.runs).toMatchObject({
      pageInfo: { hasNextPage: false },
      edges: [{ node: { id: cancelled } }],
    });
  });

  it('are refused beyond a page', async () => {
    await expect(bench.ask('{ runs(first: 101) { totalEstimate } }')).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });

  it('stand under their experiments', async () => {
    const { experiments } = await bench.ask<{ experiments: Answer[] }>(
      '{ experiments { name runs(first: 5) { edges { node { id } } } } }',
    );
    expect(experiments[0]?.['name']).toBe('digits');
  });
});

describe('metrics', () => {
  it('are given to be drawn; what is not finite is null', async () => {
    const { series } = await bench.ask<{ series: Answer[] }>(
      `query ($id: ID!) { series(runIds: [$id], names: ["loss"], points: 10) { runId name total points { step value } } }`,
      { id: trained },
    );
    expect(series).toEqual([
      {
        runId: trained,
        name: 'loss',
        total: 2,
        points: [
          { step: 1, value: 2 },
          { step: 2, value: null },
        ],
      },
    ]);
  });

  it('are refused in absurd numbers', async () => {
    await expect(
      bench.ask('{ series(runIds: [], names: [], points: 1000000) { name } }'),
    ).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });
});

const eventFields = `sequence kind body { __typename
  ... on StateChange { to reason } ... on MetricPoint { step values { name value } } ... on LogLine { level text }
  ... on CheckpointWritten { epoch } ... on ArtifactWritten { name sizeBytes } ... on ProgressMade { done total } }`;

describe('events', () => {
  it('are the same whether they are read or told', async () => {
    const read: Answer[] = [];
    for (let after = 0; ;) {
      const { runEvents } = await bench.ask<{
        runEvents: { events: Answer[]; endSequence: number; hasMore: boolean };
      }>(
        `query ($id: ID!, $after: SafeInt!) { runEvents(id: $id, after: $after, first: 3) { endSequence hasMore events { ${eventFields} } } }`,
        { id: trained, after },
      );
      read.push(...runEvents.events);
      after = runEvents.endSequence;
      if (!runEvents.hasMore) break;
    }
    const told = await bench.hear(`subscription ($id: ID!) { runEvents(id: $id) { ${eventFields} } }`, {
      id: trained,
    });
    expect(told.map(({ runEvents }) => runEvents)).toEqual(read);
    expect(read.map(({ sequence }) => sequence)).toEqual(read.map((_, index) => index + 1));
    expect(read).toContainEqual(
      expect.objectContaining({
        kind: 'artifact',
        body: { __typename: 'ArtifactWritten', name: 'model', sizeBytes: 1234 },
      }),
    );
    expect(read.at(-1)).toMatchObject({ kind: 'state', body: { to: 'succeeded' } });
  });

  it('can be read by their kind', async () => {
    const { runEvents } = await bench.ask<{ runEvents: { events: { kind: string }[] } }>(
      `query ($id: ID!) { runEvents(id: $id, kinds: [log, checkpoint]) { events { kind } } }`,
      { id: trained },
    );
    expect(runEvents.events.map(({ kind }) => kind)).toEqual(['log', 'checkpoint']);
  });

  it('of a run that is none are refused', async () => {
    await expect(bench.hear('subscription { runEvents(id: "none") { sequence } }')).rejects.toMatchObject({
      code: 'RUN_UNKNOWN',
    });
  });

  it('are told while they happen', async () => {
    const id = await submit('live');
    const hearing = bench.hear('subscription ($id: ID!) { runEvents(id: $id, after: 1) { sequence kind } }', {
      id,
    });
    await bench.train(bodies);
    const heard = (await hearing).map(({ runEvents }) => (runEvents as { sequence: number }).sequence);
    expect(heard).toEqual(Array.from({ length: heard.length }, (_, i) => i + 2));
    expect(heard.length).toBeGreaterThanOrEqual(4 + bodies.length);
  });
});

describe('a run in the queue', () => {
  it('says why it waits', async () => {
    const waiting = async (): Promise<[string, Answer]> => {
      const { submitRun } = await bench.ask<{ submitRun: { run: Answer & { id: string } } }>(
        `mutation { submitRun(input: { experiment: "queue", spec: { arch: "lenet5" }, priority: 9 }) {
          ... on Submission { run { id queuePosition waitReason } } } }`,
      );
      const { id, ...rest } = submitRun.run;
      return [id, rest];
    };
    const [first, alone] = await waiting();
    expect(alone).toEqual({ queuePosition: 0, waitReason: 'It is the next to be started.' });
    expect(await bench.train([], 'running')).toBe(first);
    const [second, behind] = await waiting();
    expect(behind).toEqual({
      queuePosition: 0,
      waitReason: 'It waits: 1 run of ada is under way, and each user may have 1 at the same time.',
    });
    await bench.store.move(first, 'running', 'cancelled', 'Tidied up.');
    await bench.store.requestCancel(second, 'Tidied up.');
  });
});

describe('progress', () => {
  it('is told of many runs until all are over', async () => {
    const ids = [await submit('many'), await submit('many')];
    const hearing = bench.hear('subscription ($ids: [ID!]!) { progress(ids: $ids) { id state } }', { ids });
    await bench.train([]);
    await bench.train([]);
    const heard = (await hearing).map(({ progress }) => progress as { id: string; state: string });
    for (const id of ids)
      expect(heard.filter((run) => run.id === id).at(-1)).toEqual({ id, state: 'succeeded' });
  });

  it('of no run at all is refused', async () => {
    await expect(bench.hear('subscription { progress(ids: []) { id } }')).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });
});

const submissionFields =
  '__typename ... on Submission { created run { id state parent { id } parentEpoch spec } } ... on Problem { code details }';

describe('what is done with a run', () => {
  it('is cancelled while it waits, and told so where that is too late', async () => {
    const id = await submit('digits');
    const { cancelRuns } = await bench.ask<{ cancelRuns: Answer[] }>(
      'mutation ($ids: [ID!]!) { cancelRuns(ids: $ids) { __typename ... on Run { id state reason } ... on Problem { code } } }',
      { ids: [id, trained, 'none'] },
    );
    expect(cancelRuns).toEqual([
      { __typename: 'Run', id, state: 'cancelled', reason: 'Cancelled by ada.' },
      { __typename: 'Problem', code: 'RUN_STATE_REFUSED' },
      { __typename: 'Problem', code: 'RUN_UNKNOWN' },
    ]);
  });

  it('goes on from its last checkpoint after it was cancelled', async () => {
    const question = `mutation ($id: ID!) { resumeRun(id: $id, idempotencyKey: "again") { ${submissionFields} } }`;
    const { resumeRun } = await bench.ask<{ resumeRun: Answer }>(question, { id: cancelled });
    expect(resumeRun).toMatchObject({
      created: true,
      run: { state: 'queued', parent: { id: cancelled }, parentEpoch: 3 },
    });
    const again = await bench.ask<{ resumeRun: Answer }>(question, { id: cancelled });
    expect(again.resumeRun).toMatchObject({ created: false });
    expect(await bench.ask(question, { id: trained })).toMatchObject({
      resumeRun: { code: 'RUN_STATE_REFUSED', details: { state: 'succeeded' } },
    });
    expect(await bench.ask(question, { id: 'none' })).toMatchObject({ resumeRun: { code: 'RUN_UNKNOWN' } });
  });

  it('is forked from a checkpoint with other values, but the same network', async () => {
    const question = `mutation ($epoch: Int!, $changes: JSONObject, $id: ID!) { forkRun(id: $id, epoch: $epoch, changes: $changes) { ${submissionFields} } }`;
    expect(await bench.ask(question, { id: trained, epoch: 1, changes: { epochs: 9 } })).toMatchObject({
      forkRun: { created: true, run: { parent: { id: trained }, parentEpoch: 1, spec: { epochs: 9 } } },
    });
    expect(await bench.ask(question, { id: trained, epoch: 2 })).toMatchObject({
      forkRun: { code: 'CHECKPOINT_UNKNOWN', details: { epochs: [1] } },
    });
    expect(await bench.ask(question, { id: trained, epoch: 1, changes: { arch: 'vgg16' } })).toMatchObject({
      forkRun: { code: 'SPEC_INVALID', details: { path: 'arch' } },
    });
  });

  it('gets notes and tags, and into the archive', async () => {
    const question = `mutation ($input: UpdateRunInput!) { updateRun(input: $input) { __typename ... on Run { name notes tags archived } ... on Problem { code } } }`;
    const input = { id: trained, name: 'best', notes: 'A good one.', tags: ['keep'], archived: true };
    expect(await bench.ask(question, { input })).toMatchObject({
      updateRun: { name: 'best', notes: 'A good one.', tags: ['keep'], archived: true },
    });
    expect(await bench.ask(question, { input: { id: trained, notes: null } })).toMatchObject({
      updateRun: { name: 'best', notes: null, tags: ['keep'], archived: true },
    });
    expect(await bench.ask(question, { input: { id: 'none' } })).toMatchObject({
      updateRun: { code: 'RUN_UNKNOWN' },
    });
  });

  it('is published, or not with the reason', async () => {
    const input = { id: trained, owner: 'ada', model: 'digits', version: '1.0.0', license: 'Apache-2.0' };
    const question = `mutation ($input: PublishRunInput!) { publishRun(input: $input) { __typename ... on Publication { reference } ... on Problem { code } } }`;
    expect(await bench.ask(question, { input })).toMatchObject({
      publishRun: { code: 'REGISTRY_UNREACHABLE' },
    });
    expect(await bench.ask(question, { input: { ...input, id: 'none' } })).toMatchObject({
      publishRun: { code: 'RUN_UNKNOWN' },
    });
  });
});

interface Page {
  readonly edges: readonly Answer[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}
