import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Authenticator,
  createLogger,
  createMetrics,
  openAuthenticator,
  type Service,
  startService,
} from '@moda/service-kit';
import type { Database } from '@moda/service-kit/database';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTrainingDatabase } from '../runs/open-run-store.js';
import { addCheckRoute } from './check-route.js';
import { addIssueRoute, issuePath } from './issue/issue-route.js';
import type { IssueTask } from './issue/issue-token.js';
import { openSealedTasks, type SealedTasks } from './issue/sealed-task.js';
import { type AccessParts, accessOn, noted } from './testing/memory-access.js';

const time = { now: new Date() };
const clock = (): Date => time.now;
let folder: string;
let database: Database;
let parts: AccessParts;
let sealed: SealedTasks;
let service: Service;
/** Of another service, which has tokens checked by this one. */
let elsewhere: Authenticator;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moda-access-'));
  database = await openTrainingDatabase({});
  parts = accessOn(database, clock);
  sealed = await openSealedTasks(join(folder, 'secret'), clock);
  service = await startService({
    host: '127.0.0.1',
    port: 0,
    title: 'test',
    schema: buildSchema('type Query { nothing: Int }'),
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
    checkReady: async () => {},
    routes: {
      paths: ['/access'],
      add: (app) => {
        addCheckRoute(app, parts.tokenStore.check);
        addIssueRoute(app, sealed, parts);
      },
    },
  });
  elsewhere = openAuthenticator(
    { kind: 'guarded', issuer: undefined, tokens: true, accessUrl: service.url },
    { clock: () => time.now.getTime() },
  );
});
afterAll(async () => {
  await service.stop();
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

async function post(path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${service.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const task: IssueTask = { user: 'ada', role: 'admin', name: 'first', days: 3 };

async function issued(): Promise<string> {
  const { status, body } = await post(issuePath, { task: sealed.seal(task) });
  expect(status).toBe(200);
  return String(body['token']);
}

describe('another service', () => {
  it('learns here whose token it is', async () => {
    const token = await issued();
    expect(await elsewhere.identify(`Bearer ${token}`)).toEqual({
      user: 'ada',
      role: 'admin',
      kind: 'token',
      expiresAt: new Date(time.now.getTime() + 3 * 86_400_000),
    });
  });

  it('learns of a revocation within half a minute', async () => {
    const token = await issued();
    await elsewhere.identify(`Bearer ${token}`);
    await parts.tokenStore.revoke(token.split('_')[2]!);
    await expect(elsewhere.identify(`Bearer ${token}`)).resolves.toMatchObject({ user: 'ada' });
    time.now = new Date(time.now.getTime() + 30_000);
    await expect(elsewhere.identify(`Bearer ${token}`)).rejects.toMatchObject({
      code: 'TOKEN_REVOKED',
      message: 'The personal access token was revoked; use another one.',
    });
  });

  it.each([
    ['made up', `Bearer moda_pat_${'0'.repeat(24)}_${'x'.repeat(43)}`],
    ['cut off', 'Bearer moda_pat_0123'],
    ['no token at all', 'Bearer hello'],
    ['no bearer', 'Basic YTpi'],
    ['nothing', undefined],
  ])('takes for nobody what is %s', async (_what, header) => {
    await expect(elsewhere.identify(header)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('says so where this one is away', async () => {
    const settings = {
      kind: 'guarded',
      issuer: undefined,
      tokens: true,
      accessUrl: 'http://127.0.0.1:1',
    } as const;
    await expect(openAuthenticator(settings).identify(`Bearer ${await issued()}`)).rejects.toMatchObject({
      code: 'ACCESS_UNAVAILABLE',
    });
  });
});

describe('a check', () => {
  it.each([[{}], [{ token: 7 }], [{ token: 'x'.repeat(201) }], [[]]])('of %j is refused', async (body) => {
    expect(await post('/access/check', body)).toMatchObject({
      status: 400,
      body: { error: { code: 'REQUEST_INVALID' } },
    });
  });

  it('tells nothing about what is no token', async () => {
    expect(await post('/access/check', { token: 'hello' })).toMatchObject({
      status: 401,
      body: { error: { code: 'UNAUTHENTICATED' } },
    });
  });
});

describe('a token for the first administrator', () => {
  it('is made for those alone who can read the secret of the service', async () => {
    const other = await openSealedTasks(join(folder, 'other-secret'), clock);
    for (const text of [other.seal(task), 'rubbish', '', `${sealed.seal(task)}x`, JSON.stringify(task)])
      expect((await post(issuePath, { task: text })).status).toBe(401);
    expect((await stat(join(folder, 'secret'))).mode & 0o777).toBe(0o600);
  });

  it('is asked for now, not by somebody who heard it a while ago', async () => {
    const text = sealed.seal(task);
    time.now = new Date(time.now.getTime() + 10_001);
    expect((await post(issuePath, { task: text })).status).toBe(401);
  });

  it('is noted', async () => {
    await issued();
    expect((await noted(parts.audit))[0]).toMatchObject({
      user: 'local',
      mutation: 'moda-training token',
      arguments: { user: 'ada', role: 'admin', name: 'first', days: 3 },
      outcome: 'ok',
    });
  });

  it('that cannot be is refused in words', async () => {
    const { status, body } = await post(issuePath, { task: sealed.seal({ ...task, days: 999 }) });
    expect(status).toBe(422);
    expect(body).toMatchObject({ error: { code: 'TOKEN_INVALID' } });
  });
});
