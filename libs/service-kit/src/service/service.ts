import type { Express } from 'express';
import type { GraphQLSchema } from 'graphql';
import type { Registry } from 'prom-client';
import type { Authenticator } from '../access/authenticator.js';
import type { Identity } from '../access/identity.js';
import type { QueryLimits } from '../graphql/limits.js';
import type { Logger } from '../log/logger.js';

/** What a resolver knows of the request. */
export interface RequestContext {
  readonly traceId: string;
  /** Who asks. */
  readonly identity: Identity;
  /** `identity.user`. */
  readonly user: string;
  /** The header by which that is known, to pass on to other services. */
  readonly authorization: string | undefined;
}

export interface ServiceOptions {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly logger: Logger;
  readonly schema: GraphQLSchema;
  /** Who finds out who asks; if left out, everybody is the one who runs the machine. */
  readonly access?: Authenticator;
  /** Throws where the service cannot do its work; asked by `/readyz`. */
  readonly checkReady: () => Promise<void>;
  readonly metrics: Registry;
  /** What the page for people is called. */
  readonly title: string;
  /** The question that stands there at first. */
  readonly example?: string;
  /** Paths beside GraphQL and the probes, and their first parts for the metrics. */
  readonly routes?: { readonly paths: readonly string[]; readonly add: (app: Express) => void };
  /** Names under which the service is reached, beside those of the loopback address. */
  readonly hostNames?: readonly string[];
  readonly limits?: Partial<QueryLimits>;
  /** Longest body of a question; a megabyte if left out. */
  readonly maxBodyBytes?: number;
  /** Answers subscriptions too: server-sent events at `/graphql/stream`, WebSocket at `/graphql`. */
  readonly subscriptions?: boolean;
  /** A subscriber that takes nothing for so long is cut off (ms); 30 s if left out. */
  readonly subscriberStallMs?: number;
  /** Between the first "not ready" and the end of listening, so that whoever routes requests here can notice (ms); 0 if left out. */
  readonly stopNoticeMs?: number;
  /** How long answers under way may take when the service stops (ms); 10 s if left out. */
  readonly stopGraceMs?: number;
}

export interface Service {
  /** `http://127.0.0.1:4002`. */
  readonly url: string;
  readonly port: number;
  /** Not ready from this moment on; resolves when every answer has left and nothing listens. */
  stop(): Promise<void>;
}
