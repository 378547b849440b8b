import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problem } from '../problem/problem.js';
import { type Answer, type Bench, openBench } from '../graphql/testing/ask.js';

let bench: Bench;
/** By whose right models were brought to the registry. */
const published: (string | undefined)[] = [];

beforeAll(async () => {
  bench = await openBench({
    publishRun: async (run, _release, authorization) => {
      published.push(authorization);
      return problem('RUN_STATE_REFUSED', `Run ${run.id} is not over; wait for it.`);
    },
  });
});
afterAll(() => bench.close());

const createToken = `mutation ($input: CreateTokenInput!) { createToken(input: $input) { __typename
  ... on NewToken { token accessToken { id name user role createdBy lastUsedAt revokedAt } } ... on Problem { code message } } }`;

describe('who asks', () => {
  it('is told', async () => {
    expect(await bench.ask('{ me { user role kind } }')).toEqual({
      me: { user: 'ada', role: 'admin', kind: 'local' },
    });
  });
});

describe('a token', () => {
  it('is shown once, listed and revoked', async () => {
    const answer = await bench.ask<{ createToken: { token: string; accessToken: Answer } }>(createToken, {
      input: { name: 'laptop', role: 'researcher' },
    });
    const { token, accessToken } = answer.createToken;
    expect(token).toMatch(/^moda_pat_/);
    expect(accessToken).toMatchObject({ name: 'laptop', user: 'ada', role: 'researcher', createdBy: 'ada' });
    expect(await bench.ask('{ tokens { id } }')).toEqual({ tokens: [{ id: accessToken['id'] }] });
    const revoked = await bench.ask<{ revokeToken: Answer }>(
      'mutation ($id: ID!) { revokeToken(id: $id) { ... on AccessToken { revokedAt } } }',
      { id: accessToken['id'] },
    );
    expect(Date.parse(String(revoked.revokeToken['revokedAt']))).toBeGreaterThan(0);
  });

  it('that cannot be is a problem in words', async () => {
    const input = { name: '', role: 'viewer' };
    expect(await bench.ask(createToken, { input })).toMatchObject({
      createToken: { __typename: 'Problem', code: 'TOKEN_INVALID' },
    });
  });
});

describe('publishing', () => {
  it('goes by the right of the caller in the registry, too', async () => {
    const submit = `mutation { submitRun(input: { experiment: "digits", spec: { arch: "lenet5" } }) { ... on Submission { run { id } } } }`;
    const { submitRun } = await bench.ask<{ submitRun: { run: { id: string } } }>(submit);
    const input = { id: submitRun.run.id, owner: 'a', model: 'b', version: '1.0.0', license: 'MIT' };
    const publish = 'mutation ($input: PublishRunInput!) { publishRun(input: $input) { __typename } }';
    expect(await bench.ask(publish, { input })).toEqual({ publishRun: { __typename: 'Problem' } });
    expect(published).toEqual(['Bearer ada']);
  });
});

describe('the audit log', () => {
  it('tells every mutation, without the secrets in it, page by page', async () => {
    await bench.ask('mutation { cancelRuns(ids: ["nowhere"]) { __typename } }');
    await bench.ask(createToken, { input: { name: 'another', role: 'viewer' } });
    const question = `query ($after: String) { auditLog(first: 1, after: $after) { totalEstimate pageInfo { hasNextPage endCursor }
      edges { node { at user role kind mutation arguments outcome traceId } } } }`;
    interface Log {
      auditLog: { totalEstimate: number; pageInfo: { endCursor: string }; edges: { node: Answer }[] };
    }
    const first = (await bench.ask<Log>(question)).auditLog;
    expect(first.totalEstimate).toBeGreaterThanOrEqual(2);
    expect(first.edges[0]?.node).toMatchObject({
      user: 'ada',
      role: 'admin',
      kind: 'local',
      mutation: 'createToken',
      arguments: { input: { name: 'another', role: 'viewer' } },
      outcome: 'ok',
      traceId: 'ab'.repeat(16),
    });
    const second = (await bench.ask<Log>(question, { after: first.pageInfo.endCursor })).auditLog;
    expect(second.edges[0]?.node).toMatchObject({
      mutation: 'cancelRuns',
      arguments: { ids: ['nowhere'] },
      outcome: 'RUN_UNKNOWN',
    });
    expect(JSON.stringify([first, second])).not.toContain('moda_pat_');
  });
});
