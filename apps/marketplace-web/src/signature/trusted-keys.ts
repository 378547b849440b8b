import type { TrustedKey } from '@moda/module-format';

/** A public key whose signatures count in this browser. */
export interface KeptKey extends TrustedKey {
  /** Whose it is, for people. */
  readonly name: string;
}

const storageKey = 'moda.trustedKeys';
/** Nobody looks through more; as many as a file of the command line may hold. */
const mostKeys = 1_000;
const keyForm = /^ed25519:[A-Za-z0-9+/]{43}=$/;
const noKeys: readonly KeptKey[] = [];

let text: string | null | undefined;
let keys: readonly KeptKey[] = noKeys;
const listeners = new Set<() => void>();

/** The keys that the reader of this browser trusts; the same object until they change. */
export function trustedKeys(): readonly KeptKey[] {
  const next = stored();
  if (next !== text) {
    text = next;
    keys = readKeys(next);
  }
  return keys;
}

/** None while a page is made on the server: who trusts whom is nobody's business there. */
export const noTrustedKeys = (): readonly KeptKey[] => noKeys;

/** @returns what ends it */
export function onTrustedKeys(listener: () => void): () => void {
  listeners.add(listener);
  const onStorage = ({ key }: StorageEvent): void => {
    if (key === storageKey || key === null) listener();
  };
  window.addEventListener('storage', onStorage);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', onStorage);
  };
}

/** Trusts a key; one that is trusted already gets the new name. */
export function trust(key: KeptKey): void {
  keep([...trustedKeys().filter(({ publicKey }) => publicKey !== key.publicKey), key].slice(-mostKeys));
}

export function distrust(publicKey: string): void {
  keep(trustedKeys().filter((key) => key.publicKey !== publicKey));
}

/** Of the form that the command line keeps in `trusted-keys.json`. */
function keep(next: readonly KeptKey[]): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify({ keys: next }));
  } catch {
    // A browser that keeps nothing trusts a key as long as the page is open.
    [text, keys] = [stored(), next];
  }
  for (const listener of listeners) listener();
}

function stored(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function readKeys(json: string | null): readonly KeptKey[] {
  try {
    const { keys: list } = JSON.parse(json ?? '{}') as { keys?: unknown };
    return Array.isArray(list) ? list.flatMap(keyOf).slice(0, mostKeys) : noKeys;
  } catch {
    return noKeys;
  }
}

function keyOf(value: unknown): KeptKey[] {
  const { publicKey, name } = (value ?? {}) as { publicKey?: unknown; name?: unknown };
  if (typeof publicKey !== 'string' || !keyForm.test(publicKey)) return [];
  return [{ publicKey, name: typeof name === 'string' ? name : '' }];
}
