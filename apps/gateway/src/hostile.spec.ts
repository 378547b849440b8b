import type { Service } from '@moda/service-kit';
import { crowding } from '@moda/service-kit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attackGateway } from './testing/attack.js';
import { startGardenService } from './testing/garden.js';
import { startTestGateway, type TestGateway } from './testing/gateway.js';
import { attacks } from './testing/hostile-questions.js';

const questions = 2_000;
const mostMs = 1_000;
const kinds = Object.keys(attacks);
const words = { root: 'pots', paged: 'pots', circle: 'neighbour', leaf: 'size', type: 'Pot' };

let pots: Service;
let herbs: Service;
let gateway: TestGateway;

beforeAll(async () => {
  pots = await startGardenService('pots');
  herbs = await startGardenService('herbs');
  gateway = await startTestGateway({ pots: pots.url, herbs: herbs.url });
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([pots.stop(), herbs.stop()]);
});

describe('hostile questions', () => {
  it.each(kinds)('that are %s are answered or refused within a second', async (kind) => {
    const { slowestMs, wrong } = await attackGateway(
      gateway.url,
      kind,
      Math.ceil(questions / kinds.length),
      words,
    );
    expect(wrong).toEqual([]);
    expect(slowestMs).toBeLessThan(mostMs * crowding());
  });

  it('leave the gateway able to answer', async () => {
    const { data } = await gateway.ask('{ pots(first: 1) { size herbs { name } } }');
    expect(data).toEqual({ pots: [{ size: 10, herbs: [{ name: 'thyme 1' }] }] });
  });
});
