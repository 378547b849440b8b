import type { GatewayClient } from '@moda/gateway-client';
import { describe, expect, it } from 'vitest';
import { registryDigest } from './registry-digest';

const choice = { of: 'ada/digits@1.0.0', classes: [0, 3], tau: 0.9 };

function gatewayThat(answers: readonly unknown[]) {
  const asked: unknown[] = [];
  const left = [...answers];
  const gateway = {
    ask: async (_operation: unknown, variables: unknown) => {
      asked.push(variables);
      return left.shift();
    },
  } as unknown as Pick<GatewayClient, 'ask'>;
  return { gateway, asked };
}

describe("the registry's digest of a composition", () => {
  it('is the one that it has, and nothing is cut', async () => {
    const { gateway, asked } = gatewayThat([{ composition: { id: 'd', digest: 'sha256:11' } }]);
    expect(await registryDigest(gateway, 'd', choice)).toEqual({ kind: 'known', digest: 'sha256:11' });
    expect(asked).toEqual([{ id: 'd' }]);
  });

  it.each([null, { id: 'd', digest: null }])('is found by cutting where it is %j', async (composition) => {
    const { gateway, asked } = gatewayThat([
      { composition },
      { compose: { __typename: 'Composition', id: 'd', digest: 'sha256:22' } },
    ]);
    expect(await registryDigest(gateway, 'd', choice)).toEqual({ kind: 'known', digest: 'sha256:22' });
    expect(asked[1]).toEqual({ reference: 'ada/digits@1.0.0', classes: [0, 3], tau: 0.9 });
  });

  it('is unknown where the registry refuses to cut, and it says why', async () => {
    const { gateway } = gatewayThat([
      { composition: null },
      { compose: { __typename: 'Problem', code: 'UNAUTHENTICATED', message: 'Sign in to compose.' } },
    ]);
    expect(await registryDigest(gateway, 'd', choice)).toEqual({
      kind: 'unknown',
      code: 'UNAUTHENTICATED',
      message: 'Sign in to compose.',
    });
  });
});
