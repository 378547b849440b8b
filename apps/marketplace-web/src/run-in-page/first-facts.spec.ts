import { type GatewayClient, GatewayError } from '@moda/gateway-client';
import { describe, expect, it } from 'vitest';
import { askFirstFacts } from './first-facts';

const asked = { of: 'ada/digits@latest', classes: [0, 3], tau: undefined };
const gatewayThat = (askPartly: () => unknown) =>
  ({ askPartly: async () => askPartly() }) as unknown as Pick<GatewayClient, 'askPartly'>;

const resolve = {
  __typename: 'Resolved',
  tau: 0.8,
  version: {
    reference: 'ada/digits@1.2.0',
    weightsBytes: 1000,
    classes: [
      { index: 0, name: 'zero' },
      { index: 3, name: 'three' },
    ],
  },
};
const price = {
  __typename: 'Price',
  weightsBytes: 300,
  parameters: 70,
  share: 0.3,
  flops: 9,
  flopsShare: 0.5,
};

describe('what is known when the page is made', () => {
  it('is the version itself, its threshold, names and sizes', async () => {
    const gateway = gatewayThat(() => ({ data: { resolve, price }, errors: [] }));
    expect(await askFirstFacts(gateway, asked)).toEqual({
      of: 'ada/digits@1.2.0',
      classes: [0, 3],
      tau: 0.8,
      names: ['zero', 'three'],
      price: { weightsBytes: 300, wholeWeightsBytes: 1000, share: 0.3, flops: 9, flopsShare: 0.5 },
    });
  });

  it('is the threshold of the address where it has one', async () => {
    const gateway = gatewayThat(() => ({ data: { resolve, price }, errors: [] }));
    expect((await askFirstFacts(gateway, { ...asked, tau: 0.5 })).tau).toBe(0.5);
  });

  it('is what the address says where nobody answers', async () => {
    const gateway = gatewayThat(() => {
      throw new GatewayError('GATEWAY_UNREACHABLE', 'The gateway does not answer.');
    });
    expect(await askFirstFacts(gateway, asked)).toEqual({
      of: 'ada/digits@latest',
      classes: [0, 3],
      tau: 0.9,
      names: ['0', '3'],
      price: undefined,
    });
  });
});
