import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/** What joins the log lines and errors of one request, here and in the services before and behind. */
export interface Trace {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** The W3C header: https://www.w3.org/TR/trace-context/ */
  readonly traceparent: string;
}

const traceparentForm = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
const storage = new AsyncLocalStorage<Trace>();

/** The trace that a request belongs to, or a new one where the header says nothing that can be read. */
export function traceOf(header: string | undefined): Trace {
  const traceId = header === undefined ? undefined : traceparentForm.exec(header)?.[1];
  if (header !== undefined && traceId !== undefined) return { traceId, traceparent: header };
  const fresh = randomBytes(16).toString('hex');
  return { traceId: fresh, traceparent: `00-${fresh}-${randomBytes(8).toString('hex')}-00` };
}

/** Runs work, and whatever it starts, in a trace. */
export function inTrace<T>(trace: Trace, work: () => T): T {
  return storage.run(trace, work);
}

/** The trace of the request that is being answered, undefined outside of one. */
export function currentTrace(): Trace | undefined {
  return storage.getStore();
}
