/** What the services behind learn of whoever asks. */
export interface Caller {
  readonly traceparent: string;
  /** Headers that are passed on as they came. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Proofs of who asks; every other header stays here, and names that anybody can write are no proofs. */
const passedOn = ['authorization'];

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

/** Headers of a question to a service. */
export function headersFor(caller: Caller | undefined, accept: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    accept,
    ...(caller && { traceparent: caller.traceparent, ...caller.headers }),
  };
}
