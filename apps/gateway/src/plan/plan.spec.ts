import fc from 'fast-check';
import { execute, getOperationAST, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createDice } from '../testing/hostile-questions.js';
import { readFederatedGraph } from './federated-graph.js';
import { makePlan } from './make-plan.js';
import { runPlan } from './run-plan.js';
import { randomQuestion } from './testing/random-question.js';
import { asker, inOneService, supergraphSdl } from './testing/two-services.js';

const graph = readFederatedGraph(supergraphSdl);

function planOf(query: string, variables: Readonly<Record<string, unknown>> = {}) {
  const document = parse(query);
  expect(validate(graph.schema, document)).toEqual([]);
  return makePlan(graph, document, getOperationAST(document)!, (name) => variables[name] === true);
}

async function run(query: string, { variables = {}, away = [] as string[] } = {}) {
  const { asked, ask } = asker(away);
  const { data, errors } = await runPlan(planOf(query, variables)!, variables, ask);
  return { asked, data, errors: errors.map(({ message, path }) => ({ message, path })) };
}

describe('a plan', () => {
  it('gives what one service would that did all of it', async () => {
    const schema = inOneService(readFederatedGraph(supergraphSdl).schema);
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const query = randomQuestion(graph.schema, createDice(seed));
        const document = parse(query);
        // Some of them ask for two things by one name.
        fc.pre(validate(graph.schema, document).length === 0);
        const variables = { yes: true, no: false };
        const { data, errors } = await run(query, { variables });
        const expected = await execute({ schema, document, variableValues: variables });
        expect(JSON.stringify(data)).toBe(JSON.stringify(expected.data));
        expect(messagesOf(errors)).toEqual(messagesOf(expected.errors ?? []));
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it('asks each service once where nothing has to be joined, both at once', async () => {
    const { asked } = await run('{ pots { id size } herbs { name } pot(id: "1") { label } }');
    expect(asked.map(({ service }) => service)).toEqual(['pots', 'herbs']);
  });

  it('asks for all entities of a list in one question, and for each of them once', async () => {
    const { asked, data } = await run('{ rows { weight } }');
    expect(asked).toHaveLength(2);
    expect(data).toEqual({ rows: [[{ weight: 100 }, { weight: 200 }], [], [{ weight: 100 }]] });
  });

  it('asks for nothing that a condition leaves away', async () => {
    const { asked, data } = await run(
      'query ($no: Boolean!) { pot(id: "1") { id herbs @include(if: $no) { name } } }',
      {
        variables: { no: false },
      },
    );
    expect(asked.map(({ service }) => service)).toEqual(['pots']);
    expect(data).toEqual({ pot: { id: '1' } });
  });

  it('passes on the variables that a question uses, and no others', async () => {
    const { data, asked } = await run(
      'query ($id: ID!, $n: Int = 1, $representations: Int) { pot(id: $id) { pieces(first: $n) { n } herbs(first: $representations) { name } } }',
      { variables: { id: '1', representations: 1 } },
    );
    expect(data).toEqual({ pot: { pieces: [{ n: 0 }], herbs: [{ name: 'herb 1' }] } });
    expect(asked[0]!.query).not.toContain('representations');
  });

  it('takes the changes of a mutation in their order', async () => {
    const { asked, data } = await run(
      'mutation { a: count fill(id: "2") { herbs(first: 1) { name } } b: count }',
    );
    const { a, b } = data as { a: number; b: number };
    expect(b).toBe(a + 1);
    expect(asked.map(({ service }) => service)).toEqual(['pots', 'pots', 'herbs', 'pots']);
  });

  it.each(['{ __schema { queryType { name } } }', '{ id: __typename pots { id: size weight } }'])(
    'is not made for %s',
    (query) => {
      expect(planOf(query)).toBeUndefined();
    },
  );
});

function messagesOf(errors: readonly { message: string }[]): readonly string[] {
  return [...new Set(errors.map(({ message }) => message))].sort();
}

describe('what goes wrong', () => {
  it('has its place in the answer, behind a join too', async () => {
    const { data, errors } = await run('{ refused pots(first: 2) { id other: neighbour { broken } } }');
    expect(data).toEqual({
      refused: null,
      pots: [
        { id: '1', other: { broken: null } },
        { id: '2', other: { broken: null } },
      ],
    });
    expect(errors).toEqual([
      { message: 'Not today.', path: ['refused'] },
      { message: 'Pot 2 is broken.', path: ['pots', 0, 'other', 'broken'] },
      { message: 'Pot 3 is broken.', path: ['pots', 1, 'other', 'broken'] },
    ]);
  });

  it('is one error for a service that is away, and null up to where null may be', async () => {
    const { data, errors } = await run('{ pots(first: 2) { id herbs { name } } rows { weight } }', {
      away: ['herbs'],
    });
    expect(data).toEqual({
      pots: [
        { id: '1', herbs: null },
        { id: '2', herbs: null },
      ],
      rows: null,
    });
    expect(errors).toEqual([
      { message: 'herbs is away', path: ['pots', 0, 'herbs'] },
      { message: 'herbs is away', path: ['rows', 0, 0, 'weight'] },
    ]);
  });

  it('leaves the root fields of the other service', async () => {
    const { data, errors } = await run('{ herbs { name } pot(id: "1") { size } }', { away: ['pots'] });
    expect(data).toMatchObject({ herbs: [{ name: 'herb 0' }, {}, {}], pot: null });
    expect(errors).toEqual([{ message: 'pots is away', path: ['pot'] }]);
  });

  it('is no error where a service merely does not know an entity', async () => {
    const { data, errors } = await run(
      '{ pot(id: "9") { id weight } one: pot(id: "8") { id herbs { name } } }',
    );
    expect({ data, errors }).toEqual({ data: { pot: null, one: { id: '8', herbs: null } }, errors: [] });
  });

  it('is told where a service breaks its own schema', async () => {
    const plan = planOf('{ pots { size } herbs { name } }')!;
    const { data, errors } = await runPlan(plan, {}, async (service) =>
      service === 'pots' ? { data: { pots: [{ size: 1 }, { size: null }] } } : { data: { herbs: 'none' } },
    );
    expect(data).toEqual({ pots: null, herbs: null });
    expect(errors).toMatchObject([
      { path: ['pots', 1, 'size'], message: expect.stringContaining('Pot.size') as unknown },
    ]);
  });
});
