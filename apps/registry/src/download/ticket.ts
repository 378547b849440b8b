import { z } from 'zod';
import type { SignedUrls } from '@moda/service-kit';

/** What was downloaded. */
export interface Ticket {
  readonly versionId: string;
  /** For a set of classes. */
  readonly compositionId: string | undefined;
}

/** Longer than the addresses are open, which a slow download asks for anew. */
const lifetimeMs = 7 * 24 * 60 * 60 * 1000;

const sealedTicket = z.strictObject({
  versionId: z.string(),
  compositionId: z.string().optional(),
  /** Unix time in ms. */
  until: z.number(),
});

export function sealTicket(urls: Pick<SignedUrls, 'seal'>, ticket: Ticket, now: Date): string {
  return urls.seal(JSON.stringify({ ...ticket, until: now.getTime() + lifetimeMs }));
}

/** The ticket, or undefined where it was not sealed here or is too old. */
export function openTicket(urls: Pick<SignedUrls, 'unseal'>, sealed: string, now: Date): Ticket | undefined {
  const text = urls.unseal(sealed);
  if (text === undefined) return undefined;
  const { versionId, compositionId, until } = sealedTicket.parse(JSON.parse(text));
  return now.getTime() < until ? { versionId, compositionId } : undefined;
}
