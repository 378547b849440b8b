import { createHmac, timingSafeEqual } from 'node:crypto';
import { readSecretFile } from './secret-file.js';

/** Why an address opens nothing, with the way on. */
export interface UrlProblem {
  readonly kind: 'problem';
  readonly code: 'URL_SIGNATURE_WRONG' | 'URL_EXPIRED';
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Addresses and texts that only this service can have made. */
export interface SignedUrls {
  /** The whole address of a path (`/blobs/sha256:…`) that is open until `expiresAt`, to the second. */
  sign(path: string, expiresAt: Date): string;
  /** Whether a request for the path carries what `sign` gave. Takes as long for a wrong signature as for a right one. */
  check(
    path: string,
    query: { readonly expires?: unknown; readonly signature?: unknown },
  ): { readonly kind: 'ok' } | UrlProblem;
  /** A text that can be read by anybody and changed by nobody. */
  seal(text: string): string;
  /** The text, or undefined where it was not sealed here. */
  unseal(sealed: string): string | undefined;
}

export interface SignedUrlsOptions {
  /** Key of the signatures, or the file that keeps it (made where it is absent). */
  readonly secret: Uint8Array | { readonly file: string };
  /** `http://127.0.0.1:4002`; a function where the port is known later. */
  readonly publicUrl: string | (() => string);
  readonly clock: () => Date;
}

/** @throws ModaError SECRET_INVALID */
export async function openSignedUrls({ secret, publicUrl, clock }: SignedUrlsOptions): Promise<SignedUrls> {
  const key = secret instanceof Uint8Array ? secret : await readSecretFile(secret.file);
  // What a signature is for is part of what is signed: a ticket never opens an address.
  const mac = (purpose: 'address' | 'text', text: string) =>
    createHmac('sha256', key).update(`${purpose}\n${text}`).digest();

  return {
    sign(path, expiresAt) {
      const expires = Math.ceil(expiresAt.getTime() / 1000);
      const base = (typeof publicUrl === 'string' ? publicUrl : publicUrl()).replace(/\/+$/, '');
      const signature = mac('address', `${path}\n${expires}`).toString('hex');
      return `${base}${path}?expires=${expires}&signature=${signature}`;
    },

    check(path, { expires, signature }) {
      // The signature first: who made it up learns nothing of times.
      if (
        typeof expires !== 'string' ||
        typeof signature !== 'string' ||
        !/^\d{1,12}$/.test(expires) ||
        !sameBytes(Buffer.from(signature, 'hex'), mac('address', `${path}\n${expires}`))
      )
        return problem(
          'URL_SIGNATURE_WRONG',
          'The signature of this address is missing or wrong; ask the service for the address and use it unchanged.',
        );
      if (Number(expires) * 1000 <= clock().getTime())
        return problem(
          'URL_EXPIRED',
          'This address has expired; ask the service for a new one and go on where you were.',
          { details: { expiredAt: new Date(Number(expires) * 1000).toISOString() } },
        );
      return { kind: 'ok' };
    },

    seal(text) {
      return `${Buffer.from(text).toString('base64url')}.${mac('text', text).toString('base64url')}`;
    },

    unseal(sealed) {
      const [encoded = '', signature = '', ...more] = sealed.split('.');
      const text = Buffer.from(encoded, 'base64url').toString();
      const genuine = sameBytes(Buffer.from(signature, 'base64url'), mac('text', text));
      return genuine && more.length === 0 ? text : undefined;
    },
  };
}

function problem(
  code: UrlProblem['code'],
  message: string,
  more: Pick<UrlProblem, 'details'> = {},
): UrlProblem {
  return { kind: 'problem', code, message, ...more };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
