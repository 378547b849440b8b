import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { overEventStream, startIssuer, testAudience, type TestIssuer } from '@moda/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runService, type ServiceProcess, startService } from './service-process.js';

type Fields = Record<string, unknown>;
interface Answer {
  readonly data?: Record<string, Fields & { code?: string; __typename?: string }>;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

/** A worker that does nothing until its service is gone. */
const idleWorker = `process.on('disconnect', () => process.exit(130));
process.on('SIGTERM', () => process.exit(130));
setInterval(() => process.send?.({ kind: 'beat' }), 1_000);
`;

let home: string;
let issuer: TestIssuer;
let training: ServiceProcess;
let registry: ServiceProcess;
const running: ServiceProcess[] = [];
let environment: Record<string, string>;
let rootToken: string;
let tokenOfLin: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'moda-access-'));
  issuer = await startIssuer();
  const worker = join(home, 'worker.mjs');
  await writeFile(worker, idleWorker);
  environment = {
    MODA_HOME: home,
    TRAINING_WORKER: worker,
    AUTH_ISSUER: issuer.url,
    AUTH_AUDIENCE: testAudience,
    AUTH_TOKENS: 'true',
    // Reached from beyond this machine, in earnest.
    TRAINING_HOST: '0.0.0.0',
    REGISTRY_HOST: '0.0.0.0',
  };
  const { exitCode, standardOutput, standardError } = await runService(
    'training',
    ['token', '--user', 'root'],
    environment,
  );
  expect(standardError).toBe('');
  expect(exitCode).toBe(0);
  rootToken = standardOutput.trim();
  training = await started('training', environment);
  registry = await started('registry', { ...environment, ACCESS_URL: training.url });
});

afterAll(async () => {
  for (const service of running) await service.stop();
  await issuer.stop();
  await rm(home, { recursive: true, force: true });
});

async function started(...of: Parameters<typeof startService>): Promise<ServiceProcess> {
  const service = await startService(...of);
  running.push(service);
  return service;
}

async function ask(
  service: ServiceProcess,
  token: string | undefined,
  query: string,
  variables: Fields = {},
): Promise<Answer & { readonly status: number }> {
  const headers = new Headers({ 'content-type': 'application/json' });
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  const response = await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...((await response.json()) as Answer) };
}

const login = (role: string | undefined): Promise<string> =>
  issuer.token({ sub: `the-${role ?? 'guest'}`, roles: role === undefined ? [] : [role] });
const codesOf = ({ errors = [] }: Answer): string[] => errors.map(({ extensions }) => extensions.code);

const submit = `mutation { submitRun(input: { experiment: "digits", spec: { arch: "lenet5" } }) {
  __typename ... on Submission { run { id user } } ... on Problem { code message } } }`;
const announce = `mutation { announceVersion(input: { owner: "a", model: "b", version: "1.0.0", package: "{}" }) {
  __typename ... on Problem { code } } }`;
const read = '{ runs { totalEstimate } }';

describe('services that ask who everybody is', () => {
  it('answer nothing to strangers, and say that they are well to everybody', async () => {
    for (const service of [training, registry]) {
      for (const token of [undefined, 'rubbish', await issuer.forged({ roles: ['admin'] })]) {
        const answer = await ask(service, token, '{ __typename }');
        expect(answer.status).toBe(401);
        expect(codesOf(answer)).toEqual(['UNAUTHENTICATED']);
      }
      expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
    }
  });

  it('tell guests without a role who they are, and no more', async () => {
    const guest = await login(undefined);
    expect((await ask(training, guest, '{ me { user role } }')).data).toEqual({
      me: { user: 'the-guest', role: null },
    });
    expect(codesOf(await ask(training, guest, read))).toEqual(['FORBIDDEN']);
    expect(codesOf(await ask(registry, guest, '{ facets { licenses { value } } }'))).toEqual(['FORBIDDEN']);
  });

  it('let viewers read and not submit', async () => {
    const viewer = await login('viewer');
    expect((await ask(training, viewer, read)).data).toEqual({ runs: { totalEstimate: 0 } });
    expect(codesOf(await ask(training, viewer, submit))).toEqual(['FORBIDDEN']);
    expect(codesOf(await ask(registry, viewer, '{ facets { licenses { value } } }'))).toEqual([]);
    expect(codesOf(await ask(training, viewer, '{ auditLog { totalEstimate } }'))).toEqual(['FORBIDDEN']);
  });

  it('let researchers submit in their own name, and not publish', async () => {
    const researcher = await login('researcher');
    const { data } = await ask(training, researcher, submit);
    expect(data?.['submitRun']).toMatchObject({ __typename: 'Submission', run: { user: 'the-researcher' } });
    const { id } = data?.['submitRun']?.['run'] as { id: string };
    const publish = `mutation ($id: ID!) { publishRun(input: { id: $id, owner: "a", model: "b", version: "1.0.0", license: "MIT" }) {
      __typename ... on Problem { code } } }`;
    expect(codesOf(await ask(training, researcher, publish, { id }))).toEqual(['FORBIDDEN']);
    expect(codesOf(await ask(registry, researcher, announce))).toEqual(['FORBIDDEN']);
    // A publisher is let in, and told that the run is not over.
    const answer = await ask(training, await login('publisher'), publish, { id });
    expect(answer.data?.['publishRun']?.code).toBe('RUN_STATE_REFUSED');
    expect(
      codesOf(await ask(training, researcher, `mutation { cancelRuns(ids: ["${id}"]) { __typename } }`)),
    ).toEqual([]);
  });

  it('let publishers announce, whose package is then looked at', async () => {
    const answer = await ask(registry, await login('publisher'), announce);
    expect(codesOf(answer)).toEqual([]);
    expect(answer.data?.['announceVersion']).toEqual({ __typename: 'Problem', code: 'PACKAGE_INVALID' });
  });
});

describe('the first administrator', () => {
  it('comes from the machine of the service, and reads in both logs who did and wanted what', async () => {
    const fields = '{ edges { node { user role kind mutation outcome } } }';
    const here = await ask(training, rootToken, `{ me { user role kind } auditLog(first: 100) ${fields} }`);
    expect(here.data?.['me']).toEqual({ user: 'root', role: 'admin', kind: 'token' });
    const entries = (answer: Answer, field: string) =>
      (answer.data?.[field]?.['edges'] as { node: Fields }[]).map(({ node }) => node);
    expect(entries(here, 'auditLog')).toEqual(
      expect.arrayContaining([
        { user: 'local', role: 'admin', kind: 'local', mutation: 'moda-training token', outcome: 'ok' },
        { user: 'the-viewer', role: 'viewer', kind: 'oidc', mutation: 'submitRun', outcome: 'FORBIDDEN' },
        { user: 'the-researcher', role: 'researcher', kind: 'oidc', mutation: 'submitRun', outcome: 'ok' },
        {
          user: 'the-publisher',
          role: 'publisher',
          kind: 'oidc',
          mutation: 'publishRun',
          outcome: 'RUN_STATE_REFUSED',
        },
      ]),
    );
    const there = await ask(registry, rootToken, `{ registryAuditLog(first: 100) ${fields} }`);
    expect(entries(there, 'registryAuditLog').map(({ user, outcome }) => [user, outcome])).toEqual([
      ['the-publisher', 'PACKAGE_INVALID'],
      ['the-researcher', 'FORBIDDEN'],
    ]);
  });
});

describe('a token from the machine of the service', () => {
  it('is to be had while the service runs', async () => {
    const { port } = new URL(training.url);
    const words = ['token', '--user', 'lin', '--role', 'viewer', '--port', port];
    const { standardOutput, standardError } = await runService('training', words, environment);
    expect(standardError).toBe('');
    tokenOfLin = standardOutput.trim();
    expect((await ask(training, tokenOfLin, '{ me { user role } }')).data).toEqual({
      me: { user: 'lin', role: 'viewer' },
    });
  });
});

describe('a personal access token', () => {
  it('works in every service until it is revoked, and ends a subscription', async () => {
    const researcher = await login('researcher');
    const made = await ask(
      training,
      researcher,
      `mutation { createToken(input: { name: "laptop", role: viewer }) { ... on NewToken { token accessToken { id } } } }`,
    );
    const { token, accessToken } = made.data?.['createToken'] as {
      token: string;
      accessToken: { id: string };
    };
    expect((await ask(training, token, '{ me { user role } }')).data).toEqual({
      me: { user: 'the-researcher', role: 'viewer' },
    });
    expect(codesOf(await ask(training, token, submit))).toEqual(['FORBIDDEN']);
    expect(codesOf(await ask(registry, token, '{ facets { licenses { value } } }'))).toEqual([]);

    const submitted = await ask(training, researcher, submit);
    const { id } = submitted.data?.['submitRun']?.['run'] as { id: string };
    const codes: (string | undefined)[] = [];
    const told = (async () => {
      const headers = { authorization: `Bearer ${token}` };
      const question = `subscription { runEvents(id: "${id}") { sequence } }`;
      for await (const { errors } of overEventStream(training.url, question, { headers }))
        if (errors) codes.push(errors[0]?.extensions.code);
    })();

    const revoke = `mutation { revokeToken(id: "${accessToken.id}") { ... on AccessToken { revokedAt } } }`;
    expect(codesOf(await ask(training, researcher, revoke))).toEqual([]);
    expect(codesOf(await ask(training, token, '{ me { user } }'))).toEqual(['TOKEN_REVOKED']);
    await told;
    expect(codes).toEqual(['TOKEN_REVOKED']);
    // Half a minute later nobody remembers it as good: the subscription was looked at after as long.
    expect(codesOf(await ask(registry, token, '{ __typename }'))).toEqual(['TOKEN_REVOKED']);
    await ask(training, researcher, `mutation { cancelRuns(ids: ["${id}"]) { __typename } }`);
  });
});

describe('a service beyond this machine', () => {
  it.each(['training', 'registry'] as const)('is refused without authentication: %s', async (name) => {
    const variable = `${name.toUpperCase()}_HOST`;
    const ended = await runService(name, [], { MODA_HOME: join(home, 'open'), [variable]: '0.0.0.0' });
    expect(ended.exitCode).toBe(2);
    expect(ended.standardError).toContain(
      `${variable} is "0.0.0.0"; only 127.0.0.1, localhost, ::1 can be served while there is no authentication`,
    );
  });
});

describe('while the training service is away', () => {
  it('its tokens cannot be checked, and logins can', async () => {
    await training.stop();
    // One that the registry has not seen: what it knows it remembers for half a minute.
    const answer = await ask(registry, tokenOfLin, '{ __typename }');
    expect(answer.status).toBe(503);
    expect(codesOf(answer)).toEqual(['ACCESS_UNAVAILABLE']);
    expect((await ask(registry, await login('viewer'), '{ __typename }')).status).toBe(200);
  });
});
