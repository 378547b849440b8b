/** What the services behind learn of whoever asks. */
export interface Caller {
  readonly traceparent: string;
  /** Headers that are passed on as they came. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Proofs and names; every other header stays here. */
const passedOn = ['authorization', 'x-moda-user'];

/** @param headers of a request, names in lower case */
export function callerOf(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  traceparent: string,
): Caller {
  const known = passedOn.flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return { traceparent, headers: Object.fromEntries(known) };
}
