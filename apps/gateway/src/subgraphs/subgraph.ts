import type { ExecutionRequest } from '@graphql-tools/utils';
import type { Caller } from './caller.js';

/** A service behind the gateway, and how long it may take. */
export interface Subgraph {
  readonly name: string;
  /** `http://127.0.0.1:4002`; questions go to `/graphql`, subscriptions to `/graphql/stream`. */
  readonly url: string;
  /** From a question to its whole answer (ms). */
  readonly timeoutMs: number;
  /** A stream on which not even a sign of life comes for so long is given up (ms). */
  readonly silenceMs: number;
}

/** The part of a question that one service answers. */
export type Request = ExecutionRequest<Record<string, unknown>, Caller>;
