import { type GatewayClient, GatewayError } from '@moda/gateway-client';
import { describe, expect, it } from 'vitest';
import { memoryCache } from './package-cache';
import { askParent } from './parent-download';

const answer = {
  __typename: 'Download',
  digest: 'sha256:00',
  packageText: '{}',
  signature: { algorithm: 'ed25519', keyId: '0123456789abcdef', signature: 'AA==' },
  manifestText: '{}',
  files: [{ path: 'module.json', url: 'https://registry.test/a' }],
};
const gatewayThat = (ask: () => unknown) =>
  ({ ask: async () => ask() }) as unknown as Pick<GatewayClient, 'ask'>;

describe('the files of a model', () => {
  it('are asked for by reference', async () => {
    const gateway = gatewayThat(() => ({ download: answer }));
    expect(await askParent('ada/digits@1.0.0', { gateway, cache: memoryCache() })).toEqual({
      reference: 'ada/digits@1.0.0',
      digest: 'sha256:00',
      packageText: '{}',
      signature: answer.signature,
      manifestText: '{}',
      files: answer.files,
    });
  });

  it('are those of an earlier visit, without addresses, where nobody answers', async () => {
    const cache = memoryCache();
    const silent = gatewayThat(() => {
      throw new GatewayError('GATEWAY_UNREACHABLE', 'The gateway does not answer.');
    });
    await expect(askParent('ada/digits@1.0.0', { gateway: silent, cache })).rejects.toMatchObject({
      code: 'GATEWAY_UNREACHABLE',
    });
    await askParent('ada/digits@1.0.0', { gateway: gatewayThat(() => ({ download: answer })), cache });
    expect(await askParent('ada/digits@1.0.0', { gateway: silent, cache })).toMatchObject({
      digest: 'sha256:00',
      signature: answer.signature,
      files: [],
    });
  });

  it('are not to be had where the registry refuses, kept or not', async () => {
    const cache = memoryCache();
    await askParent('ada/digits@1.0.0', { gateway: gatewayThat(() => ({ download: answer })), cache });
    const problem = { __typename: 'Problem', code: 'VERSION_YANKED', message: 'It was withdrawn.' };
    const gateway = gatewayThat(() => ({ download: problem }));
    await expect(askParent('ada/digits@1.0.0', { gateway, cache })).rejects.toMatchObject({
      code: 'VERSION_YANKED',
      message: 'It was withdrawn.',
    });
  });

  it('are those of a whole model only', async () => {
    const gateway = gatewayThat(() => ({ download: { ...answer, digest: null, packageText: null } }));
    await expect(askParent('ada/digits/3@1.0.0', { gateway, cache: memoryCache() })).rejects.toMatchObject({
      code: 'REFERENCE_INVALID',
    });
  });
});
