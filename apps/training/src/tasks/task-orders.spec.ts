import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunState, RunTask } from '@moda/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '../runs/run-record.js';
import type { RunRequest } from '../runs/run-store.js';
import { sampleSpec } from '../runs/testing/sample-request.js';
import { takeTaskOrders, type TaskOrders } from './task-orders.js';

let folder: string;
let orders: TaskOrders;
let submitted: RunRequest[];
let wakes: number;
const runs = new Map<string, Partial<RunRecord>>();
const by = { user: 'ada', traceId: 'f'.repeat(32) };

interface Model {
  readonly kind?: string;
  readonly names?: readonly string[];
  /** By class; the numbers of the classes where they are left out. */
  readonly labels?: readonly number[];
  readonly size?: number;
  readonly rates?: boolean;
}

const animals = ['cat', 'dog', 'horse', 'ship'];

async function run(
  id: string,
  { kind = 'model', names = animals, labels, size = 32, rates = true }: Model = {},
  given: Partial<RunRecord> = {},
): Promise<void> {
  runs.set(id, { id, experiment: 'pets', spec: sampleSpec({ seed: 5 }), state: 'succeeded', ...given });
  await mkdir(join(folder, id));
  const manifest = {
    formatVersion: 1,
    kind,
    architecture: { name: 'tiny', input: { height: size, width: size, channels: 3 } },
    classes: names.map((name, index) => ({ index, name, sourceLabel: labels?.[index] ?? index })),
    createdBy: { version: '0.1.0' },
  };
  await writeFile(join(folder, id, 'module.json'), JSON.stringify(manifest));
  if (rates) await writeFile(join(folder, id, 'rates.safetensors'), '');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-task-orders-'));
  await run('whole');
  await run('unmeasured', { rates: false });
  await run('larger', { size: 64 });
  await run('sorted', { names: ['eight', 'three'], labels: [8, 3] });
  await run('digits', { names: ['3', '0'], labels: [3, 0] });
  await run(
    'cut',
    { kind: 'composition', names: ['cat', 'ship'], rates: false },
    { task: { kind: 'compose', run: 'whole', classes: ['0', '3'], tau: 0.9 } },
  );
  for (const state of ['queued', 'running', 'failed', 'cancelled'] as const)
    runs.set(state, { id: state, state });
  runs.set('emptied', { id: 'emptied', state: 'succeeded' });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(() => {
  submitted = [];
  wakes = 0;
  orders = takeTaskOrders({
    store: {
      run: async (id) => runs.get(id) as RunRecord | undefined,
      async submit(request) {
        submitted.push(request);
        return { kind: 'submitted', run: { id: 'new', ...request } as unknown as RunRecord };
      },
    },
    modelOf: (id) => join(folder, id),
    wake: () => (wakes += 1),
  });
});

describe('an order', () => {
  const whole: readonly (readonly [string, object, RunTask])[] = [
    ['decompose', { kind: 'decompose', run: 'whole' }, { kind: 'decompose', run: 'whole', tau: 0.9 }],
    [
      'decompose what was not measured yet',
      { kind: 'decompose', run: 'unmeasured', tau: 0 },
      { kind: 'decompose', run: 'unmeasured', tau: 0 },
    ],
    [
      'sweep over tau what was not measured yet',
      { kind: 'sweepTau', run: 'unmeasured', taus: [0.5] },
      { kind: 'sweepTau', run: 'unmeasured', taus: [0.5], subtasksPerSize: 3 },
    ],
    [
      'compose by names and numbers',
      { kind: 'compose', run: 'whole', classes: ['SHIP', '1'], tau: 0.5 },
      { kind: 'compose', run: 'whole', classes: ['SHIP', '1'], tau: 0.5 },
    ],
    [
      'replace a class of a cut model by that of the same label',
      { kind: 'replace', weak: 'cut', strong: 'whole', class: 'cat' },
      { kind: 'replace', weak: 'cut', strong: 'whole', class: 'cat', strategy: 'moda', tau: 0.9 },
    ],
    [
      'replace by another class',
      {
        kind: 'replace',
        weak: 'whole',
        strong: 'sorted',
        class: 'dog',
        strongClass: 'eight',
        strategy: 'cnnsplitter',
      },
      {
        kind: 'replace',
        weak: 'whole',
        strong: 'sorted',
        class: 'dog',
        strongClass: 'eight',
        strategy: 'cnnsplitter',
        tau: 0.9,
      },
    ],
  ];
  it.each(whole)(
    'to %s is put into the queue, in the experiment and with the spec of its source',
    async (_what, asked, task) => {
      const outcome = await orders.submit({ ...by, name: 'first', idempotencyKey: 'k' }, asked);
      expect(outcome).toMatchObject({ kind: 'submitted', run: { id: 'new' } });
      expect(submitted).toEqual([
        {
          ...by,
          name: 'first',
          idempotencyKey: 'k',
          experiment: 'pets',
          spec: sampleSpec({ seed: 5 }),
          task,
        },
      ]);
      expect(wakes).toBe(1);
    },
  );

  it('means names before numbers', async () => {
    // In it the class "3" is the first, and there is no fourth.
    const twice = await orders.submit(by, { kind: 'compose', run: 'digits', classes: ['3', '0'] });
    expect(twice).toMatchObject({ kind: 'submitted' });
  });
});

describe('what is bound to fail is not queued', () => {
  const states: readonly RunState[] = ['queued', 'running', 'failed', 'cancelled'];
  const refused: readonly (readonly [string, object, object])[] = [
    [
      'of no run',
      { kind: 'decompose', run: 'none' },
      { code: 'RUN_UNKNOWN', message: expect.stringContaining('"none"') as string },
    ],
    ...states.map(
      (state) =>
        [
          `of a run that is ${state}`,
          { kind: 'compose', run: state, classes: ['0'] },
          {
            code: 'RUN_STATE_REFUSED',
            message: `Run ${state} is ${state}; something can be made of its model once it has succeeded.`,
            details: { state },
          },
        ] as const,
    ),
    ['of a model that is gone', { kind: 'decompose', run: 'emptied' }, { code: 'MODEL_INVALID' }],
    [
      'of a class that is misspelt',
      { kind: 'compose', run: 'whole', classes: ['cat', 'hrose'] },
      {
        code: 'CLASS_UNKNOWN',
        nearest: 'horse',
        message: 'The model of run whole has no class "hrose"; perhaps horse is meant.',
      },
    ],
    [
      'of a number beyond the classes',
      { kind: 'compose', run: 'whole', classes: ['4'] },
      {
        code: 'CLASS_UNKNOWN',
        message: 'The model of run whole has no class "4"; it has cat, dog, horse, ship.',
      },
    ],
    [
      'of a class twice, once by its number',
      { kind: 'compose', run: 'whole', classes: ['dog', '1'] },
      { code: 'SPEC_INVALID', details: { path: 'classes', class: '1' } },
    ],
    ['without rates', { kind: 'compose', run: 'unmeasured', classes: ['0'] }, { code: 'RATES_MISSING' }],
    [
      'of a part of a network',
      { kind: 'decompose', run: 'cut' },
      {
        code: 'MODEL_INVALID',
        details: { base: 'whole' },
        message: expect.stringContaining('take that one, of run whole, instead') as string,
      },
    ],
    [
      'by a module out of a part',
      { kind: 'replace', weak: 'whole', strong: 'cut', class: 'cat' },
      { code: 'MODEL_INVALID' },
    ],
    [
      'by a model without rates',
      { kind: 'replace', weak: 'whole', strong: 'unmeasured', class: 'cat' },
      { code: 'RATES_MISSING' },
    ],
    [
      'between images of two sizes',
      { kind: 'replace', weak: 'whole', strong: 'larger', class: 'cat' },
      {
        code: 'INPUT_SHAPE',
        message: expect.stringContaining('32x32x3, and run larger of 64x64x3') as string,
      },
    ],
    [
      'of a class whose label the strong one lacks',
      { kind: 'replace', weak: 'whole', strong: 'sorted', class: 'dog' },
      { code: 'CLASS_UNKNOWN', message: expect.stringContaining('strongClass') as string },
    ],
    [
      'by a class that the strong one lacks',
      { kind: 'replace', weak: 'whole', strong: 'sorted', class: 'dog', strongClass: 'tree' },
      { code: 'CLASS_UNKNOWN', nearest: 'three' },
    ],
    ['of a training', { kind: 'train' }, { code: 'SPEC_INVALID' }],
  ];
  it.each(refused)('%s', async (_what, task, expected) => {
    expect(await orders.submit(by, task)).toMatchObject({ kind: 'problem', ...expected });
    expect([submitted, wakes]).toEqual([[], 0]);
  });

  it('with a threshold beyond 1, or a name with a line end', async () => {
    await expect(orders.submit(by, { kind: 'decompose', run: 'whole', tau: 2 })).rejects.toMatchObject({
      code: 'SPEC_INVALID',
      details: { path: 'tau' },
    });
    const named = await orders.submit({ ...by, name: 'a\nb' }, { kind: 'decompose', run: 'whole' });
    expect(named).toMatchObject({ code: 'SPEC_INVALID' });
    expect(submitted).toEqual([]);
  });
});
