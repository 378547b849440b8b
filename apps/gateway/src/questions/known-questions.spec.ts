import { describe, expect, it } from 'vitest';
import { readFederatedGraph } from '../plan/federated-graph.js';
import { gardenSupergraph } from '../testing/garden.js';
import { createKnownQuestions } from './known-questions.js';
import { defaultQuestionLimits } from './limits.js';

const graph = readFederatedGraph(gardenSupergraph());
const create = () => createKnownQuestions(graph, { ...defaultQuestionLimits, answerFields: 100 });

describe('a question that is known', () => {
  it('has the same plan with other values', () => {
    const { prepare } = create();
    const source = 'query ($id: ID!) { pot(id: $id) { size herbs { name } } }';
    const [one, two] = ['1', '2'].map((id) =>
      prepare({ source, operationName: undefined, variables: { id } }),
    );
    expect(one).toMatchObject({ kind: 'planned' });
    expect(Object(two)).toHaveProperty('plan', (one as { plan: unknown }).plan);
  });

  it('has another plan where a condition leaves other fields', () => {
    const { prepare } = create();
    const source = 'query ($all: Boolean = true) { pots(first: 1) { id herbs @include(if: $all) { name } } }';
    const plans = [{}, { all: false }, { all: true }].map((variables) => {
      const prepared = prepare({ source, operationName: undefined, variables });
      return prepared.kind === 'planned' ? prepared.plan : undefined;
    });
    expect(plans.map((plan) => plan?.fetches[0]?.next.length)).toEqual([1, 0, 1]);
    expect(plans[2]).toBe(plans[0]);
  });

  it('is still held to the limits, for its variables say how much it asks for', () => {
    const { prepare } = create();
    const source = 'query ($n: Int) { pots(first: $n) { id } }';
    for (const n of [1, 99])
      expect(prepare({ source, operationName: undefined, variables: { n } })).toMatchObject({
        kind: 'planned',
      });
    for (let time = 0; time < 2; time += 1)
      expect(() => prepare({ source, operationName: undefined, variables: { n: 101 } })).toThrow(
        expect.objectContaining({ code: 'REQUEST_TOO_COMPLEX' }),
      );
  });

  it('still needs values that fit', () => {
    const { prepare } = create();
    const source = 'query ($id: ID!) { pot(id: $id) { size } }';
    for (const variables of [{}, { id: null }, { id: {} }])
      expect(prepare({ source, operationName: undefined, variables })).toMatchObject({
        kind: 'refused',
        errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
      });
  });

  it('must fit the schema, and is told no more than the first mistakes', () => {
    const source = `query (${Array.from({ length: 200 }, (_, n) => `$v${n}: Int`).join(' ')}) { herbs { name } }`;
    const prepared = create().prepare({ source, operationName: undefined, variables: {} });
    expect(prepared).toMatchObject({
      kind: 'refused',
      errors: expect.arrayContaining([
        expect.objectContaining({ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }),
      ]) as unknown,
    });
    expect(Object(prepared)).toHaveProperty('errors.length', 21);
  });

  it.each([
    ['query A { herbs { name } } query B { herbs { name } }', undefined],
    ['query A { herbs { name } }', 'C'],
    ['subscription { ticks { number } }', undefined],
    ['{ __type(name: "Pot") { name } }', undefined],
  ])('%s is left to another engine', (source, operationName) => {
    expect(create().prepare({ source, operationName, variables: {} })).toEqual({ kind: 'unplanned' });
  });
});
