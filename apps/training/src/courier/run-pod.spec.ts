import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SpecDesk } from './testing/spec-desk.js';

let folder: string;
let desk: SpecDesk;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-courier-'));
  desk = await SpecDesk.open(folder);
});
afterEach(async () => {
  await desk.close();
  await rm(folder, { recursive: true });
});

const allSteps = Array.from({ length: 20 }, (_, i) => i + 1);

describe('the pod of a run', () => {
  it('ships what its worker writes, and ends when the run is done', async () => {
    const pod = desk.start();
    expect(await pod.code).toBe(0);
    expect(desk.steps()).toEqual(allSteps);
    expect(desk.journal.at(-1)).toMatchObject({ kind: 'end', outcome: 'succeeded' });
    expect(desk.started).toBe('a fake');
    const names = (await desk.archive.files('run')).map(({ name }) => name);
    expect(names).toContain('model/checkpoint.safetensors');
    expect(names).toContain('checkpoints/epoch-4.safetensors');
  });

  it('ships a checkpoint behind the points that stand before it', async () => {
    // So that a checkpoint could overtake them.
    desk.journalMs = 400;
    expect(await desk.start({ tricks: { stepMs: 150 } }).code).toBe(0);
    const checkpoints = desk.arrivals.filter(({ name }) => name === 'model/checkpoint.safetensors');
    expect(checkpoints.length).toBeGreaterThan(0);
    for (const { bytes, steps } of checkpoints) expect(steps).toBeGreaterThanOrEqual(stepOf(bytes));
  });

  it('ships everything before the last word', async () => {
    expect(await desk.start().code).toBe(0);
    expect(desk.arrivals.every(({ ended }) => !ended)).toBe(true);
  });

  it('is done when its last word is stored, whatever its signs of life are told until it hears of that', async () => {
    desk.lastAnswerMs = 400;
    expect(await desk.start().code).toBe(0);
  });

  it('has nothing to do where the run has ended', async () => {
    desk.refusal = 'The run has succeeded already.';
    const pod = desk.start();
    expect(await pod.code).toBe(0);
    expect(pod.said()).toContain('The run has succeeded already.');
    expect(existsSync(pod.folder)).toBe(false);
  });

  it('with a token that is none fails for good', async () => {
    expect(await desk.start({ token: 'none' }).code).toBe(1);
  });

  it('tells the failure of a run, and fails for good', async () => {
    expect(await desk.start({ tricks: { failAt: 7 } }).code).toBe(1);
    expect(desk.journal.at(-1)).toMatchObject({ outcome: 'failed', code: 'TRAINING_DIVERGED' });
    expect(desk.steps()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('whose worker is killed says so by its exit code, and has shipped what there was', async () => {
    expect(await desk.start({ tricks: { dieAt: 8 } }).code).toBe(137);
    expect(desk.steps()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(await desk.start().code).toBe(0);
    expect(desk.steps()).toEqual(allSteps);
  });

  it('leaves out what a killed worker has half written', async () => {
    expect(await desk.start({ tricks: { dieAt: 8, tornLine: '{"kind":"met' } }).code).toBe(137);
    expect(desk.journal.every((body) => body !== undefined)).toBe(true);
  });
});

describe('a pod that is to stop', () => {
  it('ships the checkpoint that its worker writes then', async () => {
    const pod = desk.start({ tricks: { stepMs: 50 } });
    await desk.until(() => desk.steps().length > 5);
    pod.stop();
    expect(await pod.code).toBe(130);
    const last = desk.arrivals.filter(({ name }) => name === 'model/checkpoint.safetensors').at(-1)!;
    expect(stepOf(last.bytes)).toBe(desk.steps().length);
    expect(await desk.start().code).toBe(0);
    expect(desk.steps()).toEqual(allSteps);
  });

  it('does so where the service wants it', async () => {
    const pod = desk.start({ tricks: { stepMs: 200 } });
    await desk.until(() => desk.steps().length > 1);
    desk.order = 'stop';
    expect(await pod.code).toBe(130);
  });

  it('ends in time where its worker does not, and says that a checkpoint is missing', async () => {
    const pod = desk.start({ tricks: { deaf: true, stepMs: 1000 }, graceMs: 500 });
    await desk.until(() => desk.steps().length > 0);
    pod.stop();
    expect(await pod.code).toBe(143);
  });

  it('ends in time where the service is away', async () => {
    const pod = desk.start({ tricks: { stepMs: 20 }, graceMs: 1000 });
    await desk.until(() => desk.steps().length > 2);
    await desk.leave();
    pod.stop();
    expect(await pod.code).toBe(143);
  });

  it('ends before it has begun', async () => {
    await desk.leave();
    const pod = desk.start();
    pod.stop();
    expect(await pod.code).toBe(130);
  });
});

describe('a pod that has lost its run', () => {
  it('ends its worker at once, and ships no more', async () => {
    const pod = desk.start({ tricks: { stepMs: 50 } });
    await desk.until(() => desk.steps().length > 2);
    desk.order = 'lost';
    expect(await pod.code).toBe(75);
    const known = desk.journal.length;
    expect(known).toBeLessThan(allSteps.length);
    expect(desk.journal.some((body) => body?.kind === 'end')).toBe(false);
  });
});

describe('while the service is away', () => {
  it('the worker works on, and all is shipped once when it is there again', async () => {
    const pod = desk.start({ tricks: { stepMs: 20 } });
    await desk.until(() => desk.steps().length > 2);
    await desk.leave();
    await desk.until(async () => (await pod.localJournal()).includes('"kind":"end"'));
    await desk.serve();
    expect(await pod.code).toBe(0);
    expect(desk.steps()).toEqual(allSteps);
  });

  it('a pod that is new waits for it', async () => {
    await desk.leave();
    const pod = desk.start();
    await desk.until(() => pod.said().includes('does not answer'));
    await desk.serve();
    expect(await pod.code).toBe(0);
  });

  it('answers that were lost make nothing twice', async () => {
    desk.loseAnswers = 0.4;
    expect(await desk.start({ tricks: { stepMs: 5 } }).code).toBe(0);
    expect(desk.steps()).toEqual(allSteps);
    expect(desk.journal.filter((body) => body?.kind === 'end')).toHaveLength(1);
  });
});

describe('a pod goes on in an empty folder', () => {
  it('from the newest checkpoint that was shipped, with the kept ones', async () => {
    expect(await desk.start({ tricks: { dieAt: 13 } }).code).toBe(137);
    const pod = desk.start({ tricks: { dieAt: 14 } });
    expect(await pod.code).toBe(137);
    // Steps 11 and 12 were computed again, and are known.
    expect(desk.said().filter((step) => step === 11)).toHaveLength(2);
    expect(existsSync(join(pod.folder, 'run', 'checkpoints', 'epoch-1.safetensors'))).toBe(true);
    expect(await desk.start().code).toBe(0);
    expect([...new Set(desk.said())]).toEqual(allSteps);
  });

  it('whatever another pod has left in it', async () => {
    const first = desk.start({ tricks: { dieAt: 8 } });
    await first.code;
    await writeFile(join(first.folder, 'run', 'journal.ndjson'), '{"kind":"nonsense"}\n');
    expect(await desk.start({ folder: first.folder }).code).toBe(0);
    expect(desk.steps()).toEqual(allSteps);
  });

  it('from the checkpoint of the run that it was forked from', async () => {
    expect(await desk.start().code).toBe(0);
    const child = await desk.fork('run', 2);
    expect(await child.start().code).toBe(0);
    expect(child.steps()).toEqual(allSteps.slice(10));
  });

  it('unless that checkpoint is gone: then it fails, and says so', async () => {
    const child = await desk.fork('run', 2);
    const pod = child.start();
    expect(await pod.code).toBe(1);
    expect(child.journal).toMatchObject([{ kind: 'end', outcome: 'failed', code: 'CHECKPOINT_UNKNOWN' }]);
  });
});

describe('the log of a pod', () => {
  it('is behind those of the pods before', async () => {
    await desk.start({ tricks: { dieAt: 3 }, log: 'first ' }).code;
    await desk.start({ log: 'second' }).code;
    const pieces: Uint8Array[] = [];
    for await (const piece of desk.archive.read('run', 'worker.log')) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toBe('first second');
  });
});

describe('later releases', () => {
  it.todo('go on with a large file where its way was cut, instead of from its beginning');
});

it('what a pod is cannot be read where variables are missing, all of them are named', async () => {
  const { readPodEnvironment } = await import('./pod-environment.js');
  expect(() => readPodEnvironment({ MODA_RUN_ID: 'a/b', POD_GRACE_MS: 'soon' })).toThrow(
    /MODA_RUN_ID is no id of a run; MODA_TRAINING_URL is missing; MODA_RUN_TOKEN_FILE is missing; MODA_POD_NAME is missing; MODA_POD_UID is missing; POD_GRACE_MS is "soon"/,
  );
  const whole = {
    MODA_RUN_ID: 'a',
    MODA_TRAINING_URL: 'http://training:4001',
    MODA_RUN_TOKEN_FILE: '/token',
    MODA_POD_NAME: 'a',
    MODA_POD_UID: 'a',
  };
  expect(readPodEnvironment(whole).dataStore).toBeUndefined();
  expect(() => readPodEnvironment({ ...whole, MODA_DATA_S3_BUCKET: 'data' })).toThrow(
    /: MODA_DATA_S3_ENDPOINT is missing; MODA_DATA_S3_ACCESS_KEY is missing; MODA_DATA_S3_SECRET_KEY is missing\./,
  );
});

it('neither courier nor what it imports loads TensorFlow, or the service', async () => {
  const seen = new Set<string>();
  const walk = async (path: string): Promise<void> => {
    if (seen.has(path)) return;
    seen.add(path);
    const text = await readFile(path, 'utf8');
    for (const [, name = ''] of text.matchAll(/^(?:import|export) (?!type )[^;]*? from '([^']+)';/gm)) {
      if (name.startsWith('.')) await walk(join(path, '..', name.replace(/\.js$/, '.ts')));
      else
        expect(
          ['@moda/contracts', 'zod'].includes(name) || name.startsWith('node:'),
          `${path}: ${name}`,
        ).toBe(true);
    }
  };
  await walk(join(import.meta.dirname, 'carry.ts'));
  expect(seen.size).toBeGreaterThan(15);
});

/** Steps behind a checkpoint of the fake worker: five an epoch. */
function stepOf(bytes: Uint8Array): number {
  const header = JSON.parse(Buffer.from(bytes).toString('utf8', 8)) as { __metadata__: { position: string } };
  const { epoch, step } = JSON.parse(header.__metadata__.position) as { epoch: number; step: number };
  return epoch * 5 + step;
}
