import type { GatewayClient } from '@moda/gateway-client';
import { describe, expect, it } from 'vitest';
import { askServerLogits } from './server-logits';

const choice = { of: 'ada/digits@1.0.0', classes: [0, 3], tau: 0.9 };
const facts = {
  classes: [
    { index: 0, name: 'zero' },
    { index: 3, name: 'three' },
  ],
  derivationDigest: 'sha256:aa',
};
const answer = {
  __typename: 'CompositionLogits',
  digest: 'sha256:aa',
  classes: [{ index: 0 }, { index: 3 }],
  logits: [
    [1, 2],
    [3, 4],
  ],
  device: 'A processor (cpu, 2 threads)',
  tensorFlow: '2.21.0',
};

function gatewayThat(compositionLogits: unknown) {
  const asked: unknown[] = [];
  const gateway = {
    ask: async (_operation: unknown, variables: unknown) => {
      asked.push(variables);
      return { compositionLogits };
    },
  } as unknown as Pick<GatewayClient, 'ask'>;
  return { gateway, asked };
}

describe("the server's logits", () => {
  it('are asked for by the names of the classes, and come row after row', async () => {
    const { gateway, asked } = gatewayThat(answer);
    expect(await askServerLogits(gateway, choice, facts)).toEqual({
      logits: Float32Array.of(1, 2, 3, 4),
      device: 'A processor (cpu, 2 threads), TensorFlow 2.21.0',
    });
    expect(asked).toEqual([{ reference: 'ada/digits/zero,three@1.0.0', tau: 0.9 }]);
  });

  it('are not compared where they are of another composition', async () => {
    for (const other of [
      { ...answer, digest: 'sha256:bb' },
      { ...answer, classes: [{ index: 3 }, { index: 0 }] },
      { ...answer, classes: [{ index: 0 }] },
    ])
      await expect(askServerLogits(gatewayThat(other).gateway, choice, facts)).rejects.toMatchObject({
        code: 'VERIFICATION_FAILED',
      });
  });

  it('are waited for while the server computes them', async () => {
    const pending = { __typename: 'Problem', code: 'LOGITS_PENDING', message: 'Ask again in a second.' };
    const answers = [pending, pending, answer];
    const gateway = {
      ask: async () => ({ compositionLogits: answers.shift() }),
    } as unknown as Pick<GatewayClient, 'ask'>;
    const waits: number[] = [];
    const found = await askServerLogits(gateway, choice, facts, async (ms) => void waits.push(ms));
    expect(found.logits).toEqual(Float32Array.of(1, 2, 3, 4));
    expect(waits).toHaveLength(2);
  });

  it('are missing for the reason that the server tells', async () => {
    const problem = { __typename: 'Problem', code: 'UNAUTHENTICATED', message: 'Sign in to compare.' };
    await expect(askServerLogits(gatewayThat(problem).gateway, choice, facts)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'Sign in to compare.',
    });
  });
});
