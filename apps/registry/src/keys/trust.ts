import type { SigningKey, TrustedKey } from '@moda/module-format';
import { openKeyring, withSigningKey } from '@moda/module-library';

/** Whose packages are taken, and with which key the registry signs what it cuts. */
export interface Trust {
  /** The registry's own key is among them. */
  readonly trusted: readonly TrustedKey[];
  /** Whether packages without a signature are taken. */
  readonly allowUnsigned: boolean;
  readonly own: SigningKey;
}

export interface TrustOptions {
  /** `<MODA_HOME>/keys`; made, with a new signing key, where it is absent. */
  readonly folder: string;
  /** In place of the one in the folder; must be there. */
  readonly signingKeyFile?: string | undefined;
  /** In place of the one in the folder; must be there. */
  readonly trustedKeysFile?: string | undefined;
  readonly allowUnsigned?: boolean;
}

/** @throws ModaError SIGNING_KEY_INVALID naming the file */
export async function openTrust(options: TrustOptions): Promise<Trust> {
  const { folder, signingKeyFile, trustedKeysFile, allowUnsigned = false } = options;
  const keyring = await openKeyring(folder, {
    MODA_SIGNING_KEY: signingKeyFile,
    MODA_TRUSTED_KEYS: trustedKeysFile,
  });
  const { trusted, signingKey } = await withSigningKey(keyring);
  return { trusted, allowUnsigned, own: signingKey };
}
