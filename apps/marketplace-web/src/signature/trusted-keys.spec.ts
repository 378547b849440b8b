// @vitest-environment happy-dom
import { createSigningKey } from '@moda/module-format';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { distrust, onTrustedKeys, trust, trustedKeys } from './trusted-keys';

const { publicKey } = createSigningKey();
const other = createSigningKey().publicKey;

beforeEach(() => {
  localStorage.clear();
});

describe('the keys that a reader trusts', () => {
  it('are kept in this browser in the form of the command line', () => {
    trust({ publicKey, name: 'Ada' });
    expect(trustedKeys()).toEqual([{ publicKey, name: 'Ada' }]);
    expect(JSON.parse(localStorage.getItem('moda.trustedKeys') ?? '')).toEqual({
      keys: [{ publicKey, name: 'Ada' }],
    });
  });

  it('are there once each, under the last name, until they are taken back', () => {
    trust({ publicKey, name: 'Ada' });
    trust({ publicKey: other, name: 'Eve' });
    trust({ publicKey, name: 'Ada Lovelace' });
    expect(trustedKeys().map(({ name }) => name)).toEqual(['Eve', 'Ada Lovelace']);
    distrust(other);
    expect(trustedKeys().map(({ name }) => name)).toEqual(['Ada Lovelace']);
  });

  it('are the same object while they do not change, and tell of changes', () => {
    const listener = vi.fn();
    const end = onTrustedKeys(listener);
    trust({ publicKey, name: 'Ada' });
    expect(trustedKeys()).toBe(trustedKeys());
    expect(listener).toHaveBeenCalledTimes(1);
    end();
  });

  it('are none where something else is kept under their name, and without what is no key', () => {
    localStorage.setItem('moda.trustedKeys', '[');
    expect(trustedKeys()).toEqual([]);
    localStorage.setItem(
      'moda.trustedKeys',
      JSON.stringify({ keys: [{ publicKey: 'rsa:1' }, 7, { publicKey }] }),
    );
    expect(trustedKeys()).toEqual([{ publicKey, name: '' }]);
  });
});
