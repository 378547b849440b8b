import type { Page, PageRequest } from '../../database/page.js';
import type { Identity } from '../identity.js';

/** A change that somebody made, or wanted to make. */
export interface AuditEntry {
  readonly at: Date;
  readonly user: string;
  readonly role: Identity['role'];
  readonly kind: Identity['kind'] | 'unknown';
  /** Name of the mutation. */
  readonly mutation: string;
  /** As they were given, without secrets and long texts. */
  readonly arguments: Readonly<Record<string, unknown>>;
  /** `ok`, or the code of the problem or error. */
  readonly outcome: string;
  readonly traceId: string;
}

/** What is never forgotten nor changed: who did what. */
export interface AuditLog {
  /** Throws nothing: what has happened has happened, and the log of the service keeps what cannot be written here. */
  write(entry: Omit<AuditEntry, 'at'>): Promise<void>;
  /** The newest first. Throws ModaError CURSOR_INVALID, PAGE_INVALID. */
  entries(page: PageRequest): Promise<Page<AuditEntry>>;
}
