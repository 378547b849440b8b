import type { Authenticator } from '../access/authenticator.js';
import type { Logger } from '../log/logger.js';
import type { OpenSubscriptions } from './live-results.js';
import type { SubscriptionCheck } from './query-check.js';

/** What both ways to subscribe have in common. */
export interface SubscriptionOptions {
  readonly access: Authenticator;
  readonly check: SubscriptionCheck;
  readonly open: OpenSubscriptions;
  readonly logger: Logger;
  /** Longest message of a client. */
  readonly maxBodyBytes: number;
  /** A client that takes nothing for so long is cut off (ms). */
  readonly stallMs: number;
}
