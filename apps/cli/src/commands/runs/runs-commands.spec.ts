import { describe, expect, it } from 'vitest';
import { pageOf, sampleRun } from '../../runs/testing/sample-runs.js';
import { workplace } from '../../testing/at-gateway.js';

const { start, run } = workplace();

const first = '3f2a9c1e-0000-4000-8000-000000000001';
const second = '3f2a9c1e-0000-4000-8000-000000000002';
const none = { run: null, runs: pageOf([]) };
/** Finds every id that is given whole. */
const found = { run: ({ id }: { id: string }) => sampleRun({ id }), runs: pageOf([]) };

const problem = (code: string, message: string) => ({ __typename: 'Problem', code, message, details: {} });

describe('the id of a run', () => {
  const runs = [
    sampleRun({ id: first }),
    sampleRun({ id: second }),
    sampleRun({ id: '9b1c', name: '3f2a9' }),
  ];

  it('may be shortened as long as it is the only one', async () => {
    const gateway = await start({
      run: ({ id }: { id: string }) => (id === '9b1c' ? runs[2] : null),
      runs: pageOf(runs),
    });
    const { code, out } = await run(['runs', 'watch', '9B1', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ run: { id: '9b1c' } });
    expect(gateway.asked[0]?.variables).toEqual({ id: '9B1', text: '9B1' });
  });

  it('that is the beginning of several is refused with their names', async () => {
    await start({ run: null, runs: pageOf(runs) });
    const { code, err } = await run(['runs', 'show', '3f2a9']);
    expect([code, err]).toEqual([
      2,
      `moda: "3f2a9" is the beginning of several ids (${first}, ${second}); give more of it. [RUN_AMBIGUOUS]\n`,
    ]);
  });

  it('is looked for on every page', async () => {
    await start({
      run: ({ id }: { id: string }) => (id === second ? sampleRun({ id }) : null),
      runs: ({ after }: { after?: string }) =>
        after === undefined
          ? pageOf([sampleRun({ id: 'a', name: '3f2' })], 'c')
          : pageOf([sampleRun({ id: second })]),
    });
    expect((await run(['runs', 'watch', '3f2'])).out).toContain(second);
  });

  it('is the newest one for latest, where there is one', async () => {
    await start({
      ...found,
      runs: ({ first }: { first: number }) => pageOf(first === 1 ? [sampleRun({ id: second })] : []),
    });
    expect((await run(['runs', 'watch', 'latest'])).out).toContain(second);
  });

  it('is none for latest where there is no run', async () => {
    await start(none);
    expect((await run(['runs', 'show', 'latest'])).err).toContain(
      'There is no run yet; moda runs submit makes one.',
    );
  });
});

describe('moda runs list', () => {
  it('asks for what was given, and draws it with short ids that differ', async () => {
    const gateway = await start({
      runs: pageOf([
        sampleRun({ id: first, name: 'one' }),
        sampleRun({ id: second, state: 'running', progress: { done: 5, total: 20, unit: 'steps' } }),
      ]),
    });
    const { code, out } = await run([
      ...[
        'runs',
        'list',
        '--state',
        'running,succeeded',
        '--experiment',
        'digits',
        '--tag',
        'a',
        '--user',
        'ada',
      ],
      ...['--text', 'o', '--order', 'mostAccurate', '--limit', '7', '--archived'],
    ]);
    expect(code).toBe(0);
    expect(gateway.asked[0]?.variables).toEqual({
      criteria: {
        ...{ states: ['running', 'succeeded'], experiment: 'digits', tags: ['a'], user: 'ada', text: 'o' },
        archived: 'any',
      },
      ...{ order: 'mostAccurate', first: 7 },
    });
    expect(out).toContain(`${first}  one   digits      succeeded   100.0        97.5`);
    expect(out).toContain(`${second}  –     digits      running      25.0           –`);
  });

  it('shortens ids as far as they stay apart', async () => {
    await start({ runs: pageOf([sampleRun({ id: first }), sampleRun({ id: '9b1c0000-1111' })]) });
    expect((await run(['runs', 'list'])).out).toMatch(/^3f2a9c1e {2}–.*\n9b1c0000 {2}–/m);
  });

  it('is bare with --csv, ids whole', async () => {
    await start({ runs: pageOf([sampleRun({ id: first })]) });
    const { out } = await run(['runs', 'list', '--csv']);
    expect(out).toBe(
      'id,name,experiment,state,progress,accuracy,architecture,method,seed,user,since\n' +
        `${first},,digits,succeeded,1,0.975,lenet5,moda,42,ada,2026-05-01T10:00:00Z\n`,
    );
  });

  it('goes on from page to page up to the limit', async () => {
    const pages: unknown[] = [];
    await start({
      runs: ({ first: size, after }: { first: number; after?: string }) => {
        pages.push([size, after]);
        return pageOf(
          Array.from({ length: size }, (_, i) => sampleRun({ id: `${after ?? 'x'}${i}` })),
          'more',
        );
      },
    });
    const { out } = await run(['runs', 'list', '--limit', '150', '--json']);
    expect((JSON.parse(out) as { runs: unknown[] }).runs).toHaveLength(150);
    expect(pages).toEqual([
      [100, undefined],
      [50, 'more'],
    ]);
  });

  it('of nothing says so, and knows the states', async () => {
    await start(none);
    expect((await run(['runs', 'list'])).out).toBe('No run was found.\n');
    const { code, err } = await run(['runs', 'list', '--state', 'done']);
    expect(code).toBe(2);
    expect(err).toContain('--state takes queued, admitted');
  });
});

describe('moda runs show', () => {
  const details = {
    command: 'moda train --arch lenet5 --epochs 3',
    task: { kind: 'train' },
    device: 'Test CPU',
    notes: 'a first try',
    traceId: 'abc',
    queuePosition: null,
    parent: { id: second },
    parentEpoch: 2,
    transitions: [
      { at: new Date('2026-05-01T10:00:00Z'), from: null, to: 'queued', reason: 'It waits.' },
      { at: new Date('2026-05-01T10:00:01Z'), from: 'queued', to: 'admitted', reason: 'It is its turn.' },
    ],
    checkpoints: [{ epoch: 3, step: 60 }],
    versions: [{ reference: 'ada/digits@1.0.0', digest: 'sha256:ab' }],
    artifacts: [{ name: 'model/module.json', digest: 'sha256:cd', sizeBytes: 1234 }],
  };

  it('says everything that is known', async () => {
    await start({ ...found, run: sampleRun({ id: first, ...details }) });
    const { code, out, err } = await run(['runs', 'show', first]);
    expect([code, err]).toEqual([0, '']);
    for (const words of [
      'moda train --arch lenet5 --epochs 3',
      `${second}, epoch 2`,
      'a first try',
      '2026-05-01T10:00:01Z  admitted  It is its turn.',
      'ada/digits@1.0.0',
      '1,234',
    ])
      expect(out).toContain(words);
  });

  it('of a task says what it does with which run', async () => {
    const task = { kind: 'compose', run: second, classes: ['0', '3'], tau: 0.9 };
    await start({ ...found, run: sampleRun({ id: first, ...details, task }) });
    expect((await run(['runs', 'show', first])).out).toContain(`compose run ${second}, classes 0,3, tau 0.9`);
  });

  it('says the rest where the registry is away', async () => {
    const versions = () => Promise.reject(new Error('The service "registry" does not answer.'));
    await start({ ...found, run: sampleRun({ id: first, ...details, versions }) });
    const { code, err, out } = await run(['runs', 'show', first]);
    expect(code).toBe(0);
    expect(err).toBe('moda: WARNING: The service "registry" does not answer.\n');
    expect(out).toContain('Training is done.');
  });

  it.each([
    ['transitions', 'at,state,reason\n2026-05-01T10:00:00Z,queued,It waits.\n'],
    ['checkpoints', 'epoch,step\n3,60\n'],
    ['artifacts', 'name,sizeBytes,digest\nmodel/module.json,1234,sha256:cd\n'],
    ['versions', 'version,digest\nada/digits@1.0.0,sha256:ab\n'],
  ])('has a table of %s', async (table, csv) => {
    await start({ ...found, run: sampleRun({ id: first, ...details }) });
    expect((await run(['runs', 'show', first, '--csv', table])).out).toContain(csv);
  });
});

describe('moda runs cancel', () => {
  it('cancels several, and says of each what became of it', async () => {
    const gateway = await start({
      ...found,
      cancelRuns: [
        sampleRun({ id: first, state: 'cancelled', reason: 'Cancelled by ada before it began.' }),
        problem('RUN_STATE_REFUSED', 'It is over.'),
      ],
    });
    const { code, out } = await run(['runs', 'cancel', first, second, first, '--csv']);
    expect(code).toBe(1);
    expect(gateway.asked.at(-1)?.variables).toEqual({ ids: [first, second] });
    expect(out).toBe(
      `id,state,reason\n${first},cancelled,Cancelled by ada before it began.\n${second},,It is over.\n`,
    );
  });

  it('waits until the worker is gone where that is wanted', async () => {
    let asked = 0;
    const live = { id: first, state: 'running', cancelRequestedAt: new Date() } as const;
    await start({
      run: sampleRun({ id: first }),
      cancelRuns: [sampleRun(live)],
      runs: () =>
        pageOf([
          sampleRun(
            (asked += 1) < 3 ? live : { id: first, state: 'cancelled', reason: 'The worker is gone.' },
          ),
        ]),
    });
    const { code, out } = await run(['runs', 'cancel', first, '--wait', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      runs: [{ id: first, ok: true, state: 'cancelled', reason: 'The worker is gone.' }],
    });
  });

  it('needs a run', async () => {
    const { code, err } = await run(['runs', 'cancel']);
    expect([code, err]).toEqual([
      2,
      'moda: ID is missing; give it a run; see moda runs cancel --help. [USAGE]\n',
    ]);
  });
});

describe('moda runs resume and fork', () => {
  const submission = {
    __typename: 'Submission',
    created: true,
    run: sampleRun({ id: second, state: 'queued' }),
  };

  it('go on as a new run', async () => {
    const gateway = await start({ ...found, resumeRun: submission });
    const { code, out } = await run(['runs', 'resume', first, '--key', 'k', '--json']);
    expect(code).toBe(0);
    expect(gateway.asked.at(-1)?.variables).toEqual({ id: first, idempotencyKey: 'k' });
    expect(JSON.parse(out)).toMatchObject({ created: true, run: { id: second, state: 'queued' } });
  });

  it('change what was given and nothing else', async () => {
    const gateway = await start({ ...found, forkRun: submission });
    await run(['runs', 'fork', first, '--epoch', '2', '--lr', '0.01', '--epochs', '5', '--name', 'slower']);
    expect(gateway.asked.at(-1)?.variables).toEqual({
      ...{ id: first, epoch: 2, name: 'slower' },
      changes: { learningRate: 0.01, epochs: 5 },
    });
  });

  it('say why they cannot', async () => {
    await start({ ...found, forkRun: problem('CHECKPOINT_UNKNOWN', 'There is no checkpoint of epoch 9.') });
    const { code, err } = await run(['runs', 'fork', first, '--epoch', '9']);
    expect([code, err]).toEqual([2, 'moda: There is no checkpoint of epoch 9. [CHECKPOINT_UNKNOWN]\n']);
  });
});

describe('moda runs sweep', () => {
  const sweep = ['runs', 'sweep', '--arch', 'lenet5', '--gamma', '0.1,1', '--seed', '1,2', '--epochs', '3'];

  it('submits a run for each combination', async () => {
    const gateway = await start({
      sweep: { __typename: 'Sweep', submissions: [{ created: true, run: sampleRun({ id: first }) }] },
    });
    const { code, out } = await run([...sweep, '--experiment', 'gamma', '--key', 'k', '--csv']);
    expect(code).toBe(0);
    expect(gateway.asked[0]?.variables).toMatchObject({
      input: {
        base: { arch: 'lenet5', epochs: 3, alpha: 1 },
        grid: { arch: ['lenet5'], gamma: [0.1, 1], seed: [1, 2] },
        ...{ experiment: 'gamma', idempotencyKey: 'k' },
      },
    });
    expect(out).toContain(first);
  });

  it('names the runs with --dry-run, and asks nobody', async () => {
    const { code, out } = await run([...sweep, '--dry-run']);
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toEqual([
      'moda train --arch lenet5 --epochs 3 --gamma 0.1 --seed 1',
      'moda train --arch lenet5 --epochs 3 --gamma 0.1 --seed 2',
      'moda train --arch lenet5 --epochs 3 --gamma 1 --seed 1',
      'moda train --arch lenet5 --epochs 3 --gamma 1 --seed 2',
    ]);
  });

  it('refuses a value that is none before it asks', async () => {
    const { code, err } = await run([...sweep, '--lr', '0.1,0']);
    expect([code, err]).toEqual([
      2,
      'moda: --learning-rate has to be a number above 0, not 0; see moda runs sweep --help. [USAGE]\n',
    ]);
    expect((await run([...sweep, '--alpha', '1,1'])).err).toContain(
      'alpha has a value twice; give each once.',
    );
  });
});

describe('what is made of runs', () => {
  const submission = {
    __typename: 'Submission',
    created: true,
    run: sampleRun({ id: second, state: 'queued' }),
  };

  it.each([
    ['decompose', [first, '--tau', '0.5'], 'decomposeRun', { id: first, tau: 0.5, idempotencyKey: 'k' }],
    [
      'compose',
      [first, '--classes', '0,3'],
      'composeRun',
      { id: first, classes: ['0', '3'], tau: 0.9, idempotencyKey: 'k' },
    ],
    [
      'replace',
      ['--weak', first, '--strong', second, '--class', '3'],
      'replaceClass',
      { input: { weak: first, strong: second, class: '3', strategy: 'moda', tau: 0.9, idempotencyKey: 'k' } },
    ],
    [
      'sweep-tau',
      [first, '--tau', '0.5,0.9'],
      'sweepTau',
      { id: first, taus: [0.5, 0.9], subtasksPerSize: 3, idempotencyKey: 'k' },
    ],
    ['sweep-tau', [first], 'sweepTau', { id: first, subtasksPerSize: 3, idempotencyKey: 'k' }],
  ])('moda runs %s is a run of its own', async (verb, words, field, variables) => {
    const gateway = await start({ ...found, [field]: submission });
    const { code, out } = await run(['runs', verb, ...words, '--key', 'k', '--json']);
    expect(code).toBe(0);
    expect(gateway.asked.at(-1)?.variables).toEqual(variables);
    expect(JSON.parse(out)).toMatchObject({ run: { id: second } });
  });
});

describe('moda runs publish', () => {
  it('asks for a release, and says its digest', async () => {
    const gateway = await start({
      ...found,
      publishRun: {
        __typename: 'Publication',
        reference: 'ada/digits@1.0.0',
        digest: 'sha256:ab',
        created: true,
      },
    });
    const { code, out } = await run([
      'runs',
      'publish',
      first,
      '--as',
      'ada/digits@1.0.0',
      '--license',
      'MIT',
    ]);
    expect(code).toBe(0);
    expect(gateway.asked.at(-1)?.variables).toEqual({
      input: { id: first, owner: 'ada', model: 'digits', version: '1.0.0', license: 'MIT' },
    });
    expect(out).toBe(`published  ada/digits@1.0.0\ndigest     sha256:ab\nrun        ${first}\n`);
  });

  it.each(['ada/digits', 'ada/digits@champion', 'ada/digits/3@1.0.0', 'digits@1.0.0'])(
    'refuses %s, which names no release, before it asks',
    async (name) => {
      const { code, err } = await run(['runs', 'publish', first, '--as', name, '--license', 'MIT']);
      expect([code, err]).toEqual([2, expect.stringContaining('[REFERENCE_INVALID]')]);
    },
  );
});
