import { createSigningKey, parsePackage, signPackage } from '@moda/module-format';
import { lenet5 } from '@moda/nn/graph';
import { describe, expect, it } from 'vitest';
import { publishedModel } from '../compose/testing/published-model';
import { checkSignature, type SignedOffer } from './check-signature';

const { answer } = publishedModel(lenet5({ input: { height: 28, width: 28, channels: 1 }, classes: 2 }));
const [ada, eve] = [createSigningKey(), createSigningKey()];
const trusted = [{ publicKey: ada.publicKey, name: 'Ada' }];
const signedBy = (key: typeof ada): SignedOffer => ({
  ...answer,
  signature: signPackage(parsePackage(answer.packageText), key),
});

describe('the signature of a model', () => {
  it('is verified by a key that the reader trusts, with its name', async () => {
    expect(await checkSignature(signedBy(ada), trusted)).toEqual({
      state: 'trusted',
      keyId: ada.keyId,
      name: 'Ada',
    });
  });

  it('says nothing where it is of a key that the reader does not know', async () => {
    expect(await checkSignature(signedBy(eve), trusted)).toEqual({ state: 'unknownKey', keyId: eve.keyId });
    expect(await checkSignature(signedBy(ada), [])).toEqual({ state: 'unknownKey', keyId: ada.keyId });
  });

  it('is broken where it names a trusted key that did not make it', async () => {
    const forged = { ...signedBy(eve).signature!, keyId: ada.keyId };
    expect(await checkSignature({ ...answer, signature: forged }, trusted)).toEqual({
      state: 'wrong',
      keyId: ada.keyId,
    });
  });

  it('may be missing', async () => {
    expect(await checkSignature(answer, trusted)).toEqual({ state: 'unsigned' });
  });

  it('is of the package that the digest names, or of none', async () => {
    const other = { ...signedBy(ada), digest: `sha256:${'0'.repeat(64)}` };
    await expect(checkSignature(other, trusted)).rejects.toMatchObject({ code: 'VERIFICATION_FAILED' });
  });

  it('is refused where it has another form', async () => {
    const signature = { ...signedBy(ada).signature!, algorithm: 'rsa' };
    await expect(checkSignature({ ...answer, signature }, trusted)).rejects.toMatchObject({
      code: 'SIGNATURE_INVALID',
    });
  });
});
