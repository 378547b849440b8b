import { ModaError } from '@moda/contracts';
import { buildSchema, execute, type GraphQLFieldResolver, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { RequestContext } from '../../service/service.js';
import type { Identity } from '../identity.js';
import type { AuditEntry } from './audit-log.js';
import { auditMutations } from './audit-mutations.js';
import { toldArguments } from './told-arguments.js';

const ada: Identity = { user: 'ada', role: 'publisher', kind: 'oidc' };

/** What is noted when `change` ends like this. */
async function noted(work: GraphQLFieldResolver<unknown, RequestContext>, identity: Identity | null = ada) {
  const schema = buildSchema(
    'type Query { read: Int } type Mutation { change(name: String): Result } type Result { code: String }',
  );
  schema.getMutationType()!.getFields()['change']!.resolve = work as never;
  const entries: Omit<AuditEntry, 'at'>[] = [];
  auditMutations(schema, { write: async (entry) => void entries.push(entry) });
  const contextValue: RequestContext = {
    traceId: 'trace',
    identity: identity as Identity,
    user: 'ada',
    authorization: undefined,
  };
  await execute({ schema, document: parse('mutation { change(name: "x") { code } }'), contextValue });
  return entries;
}

describe('a mutation is noted', () => {
  it('with who, what and how it ended', async () => {
    expect(await noted(async () => ({}))).toEqual([
      {
        user: 'ada',
        role: 'publisher',
        kind: 'oidc',
        mutation: 'change',
        arguments: { name: 'x' },
        outcome: 'ok',
        traceId: 'trace',
      },
    ]);
  });

  it.each([
    ['a problem', async () => ({ code: 'RUN_UNKNOWN', message: 'No run.' }), 'RUN_UNKNOWN'],
    ['a list with a problem', () => [{}, { code: 'RUN_UNKNOWN', message: 'No run.' }], 'RUN_UNKNOWN'],
    ['nothing', () => null, 'ok'],
    [
      'a refusal',
      () => {
        throw new ModaError('FORBIDDEN', 'No.');
      },
      'FORBIDDEN',
    ],
    ['a bug', () => Promise.reject(new Error('hunter2')), 'UNEXPECTED'],
  ])('when it ends with %s', async (_what, work, outcome) => {
    expect((await noted(work)).map((entry) => entry.outcome)).toEqual([outcome]);
  });

  it('even of somebody unknown', async () => {
    expect((await noted(() => null, null))[0]).toMatchObject({
      user: 'unknown',
      kind: 'unknown',
    });
  });
});

describe('arguments are told', () => {
  it('without secrets, whatever holds them', () => {
    const told = toldArguments({
      input: { name: 'a', signature: { keyId: 'k' }, token: 't', nested: { apiSecret: 's' } },
      ticket: 'x',
    });
    expect(told).toEqual({
      input: { name: 'a', signature: '(left out)', token: '(left out)', nested: { apiSecret: '(left out)' } },
      ticket: '(left out)',
    });
  });

  it('without long texts, long lists and deep holes', () => {
    const deep = { a: { b: { c: { d: { e: 1 } } } } };
    const told = toldArguments({ text: 'x'.repeat(201), list: Array.from({ length: 60 }, () => 1), deep });
    expect(told['text']).toBe('(left out: 201 characters)');
    expect((told['list'] as unknown[]).slice(49)).toEqual([1, '(left out: 10 more)']);
    expect(told['deep']).toEqual({ a: { b: { c: '(left out)' } } });
  });

  it('in a few kilobytes, whatever comes', () => {
    const wide = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [`field${i}`, Array(50).fill('x'.repeat(200))]),
    );
    const told = toldArguments(wide);
    expect(JSON.stringify(told).length).toBeLessThan(8_192);
    expect(told['leftOut']).toMatch(/bytes of arguments$/);
  });
});
